import { expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../ids.ts';
import { OwnerKeys } from '../testing/OwnerKeys.ts';
import { readSigned } from './readSigned.ts';

const [owner, second, stranger] = [new OwnerKeys(), new OwnerKeys(), new OwnerKeys()];
const relayId = newId();
const signers = { relayId, ownerKeys: [owner.publicKey, second.publicKey] };
const form = { context: 'test-v1\n', schema: z.strictObject({ relayId: z.string(), act: z.string() }), what: 'order' };
const content = { relayId, act: 'start' };
const read = (envelope: { content: string; signature: string }, by = signers) => readSigned(envelope, form, by);

test('what an owner has signed for the relay is read, with the key that signed it', () => {
  expect(read(second.sign(form.context, content))).toEqual({ content, ownerKey: second.publicKey });
});

test('what no owner has signed behind this context is not even looked at', () => {
  const good = owner.sign(form.context, content);
  const other = owner.sign(form.context, { ...content, act: 'end' });
  for (const envelope of [
    stranger.sign(form.context, content),
    owner.sign('another-v1\n', content),
    { ...good, content: other.content },
    { ...good, signature: 'c2ln' },
    { content: 'e30', signature: 'c2ln' },
  ]) {
    expect(() => read(envelope)).toThrow('The order is not signed by an owner of this relay.');
  }
  expect(() => read(good, { relayId, ownerKeys: [] })).toThrow('not signed');
});

test('what is signed in another spelling or form, or for another relay, is refused', () => {
  const spaced = Buffer.from(JSON.stringify(content, null, 1));
  const unordered = Buffer.from(`{"relayId":"${relayId}","act":"start"}`);
  const twice = Buffer.from(`{"act":"end","act":"start","relayId":"${relayId}"}`);
  for (const value of [spaced, unordered, twice, Buffer.from('none'), { ...content, more: true }, { relayId }]) {
    expect(() => read(owner.sign(form.context, value))).toThrow('This is no order.');
  }
  expect(() => read(owner.sign(form.context, { ...content, relayId: newId() }))).toThrow('for another relay');
});

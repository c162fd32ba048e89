import { expect, test } from 'vitest';
import { signedEnvelopeSchema } from './signed-envelope.ts';

const schema = signedEnvelopeSchema('order', 8);
const envelope = { order: 'AAAA', signature: 'AA' };

test('an envelope is its content and a signature, in base64url, and nothing else', () => {
  expect(schema.parse(envelope)).toEqual(envelope);
  for (const wrong of [
    { order: 'AAAA' },
    { signature: 'AA' },
    { ...envelope, more: 'AA' },
    { ...envelope, order: '' },
    { ...envelope, order: 'AAAAAAAAAAAA' },
    { ...envelope, order: 'A+/=' },
    { ...envelope, signature: 'A'.repeat(204) },
  ]) {
    expect(schema.safeParse(wrong).success).toBe(false);
  }
});

import { beforeEach, describe, expect, test } from 'vitest';
import { CodedError } from '../errors.ts';
import type { Act } from './Act.ts';
import { Refusals } from './Refusals.ts';

let nowMs: number;
let lines: Act[];
let refusals: Refusals;

beforeEach(() => {
  [nowMs, lines] = [0, []];
  const audit = { record: async (act: Act) => void lines.push(act) };
  refusals = new Refusals({ audit, nowMs: () => nowMs });
});

const actOf = (sourceAddress: string, agencyId: string | null = null) => ({
  type: 'ledger.read' as const,
  actor: { kind: 'anonymous' as const, sourceAddress },
  agencyId,
});

async function codesOf(count: number, addressOf: (index: number) => string, agencyId: string | null = null) {
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await refusals.refuse(actOf(addressOf(index), agencyId), new CodedError('notFound')).catch((error: unknown) => {
      codes.push(error instanceof CodedError ? error.code : 'none');
    });
  }
  return codes;
}

describe('LOG11 of the refusals of strangers', () => {
  test('sixty of one caller are written down at once, then one a second, and what is more is counted', async () => {
    const codes = await codesOf(100, (index) => `2001:db8:0:1::${index + 1}`);
    expect(codes.filter((code) => code === 'notFound')).toHaveLength(60);
    expect(codes.slice(60)).toEqual(Array<string>(40).fill('tooManyRequests'));
    expect(lines).toHaveLength(60);
    nowMs += 5_000;
    expect((await codesOf(10, () => '2001:db8:0:1::7')).filter((code) => code === 'notFound')).toHaveLength(5);
    expect(await codesOf(1, () => '192.0.2.1')).toEqual(['notFound']);
  });

  test('those of all callers together have a limit too', async () => {
    await codesOf(5_000, (index) => `2001:db8:0:${index.toString(16)}::1`);
    expect(lines).toHaveLength(600);
    nowMs += 10_000;
    await codesOf(1_000, (index) => `2001:db8:1:${index.toString(16)}::1`);
    expect(lines).toHaveLength(620);
    // Who has shown a secret of an agency's is no stranger.
    expect(await codesOf(1, () => '192.0.2.1', 'agency')).toEqual(['notFound']);
  });

  test('what was counted is one line, and none when there is nothing', async () => {
    await refusals.writeCounted();
    expect(lines).toEqual([]);
    await codesOf(75, () => '192.0.2.1');
    await refusals.writeCounted();
    await refusals.writeCounted();
    expect(lines.slice(60)).toMatchObject([
      {
        type: 'refusals.counted',
        outcome: 'refused',
        actor: { kind: 'anonymous', sourceAddress: '192.0.2.1' },
        details: { count: 15, byType: { 'ledger.read': 15 }, sourceAddresses: ['192.0.2.1'] },
      },
    ]);
  });
});

test('LOG11 every refusal of a user and a relay has its line', async () => {
  const actor = { kind: 'relay' as const, relayId: 'relay', agencyId: 'agency', sourceAddress: null };
  for (let index = 0; index < 100; index += 1) {
    const tried = refusals.orRefuse({ type: 'sharing.offered', actor }, () =>
      Promise.reject(new CodedError('conflict')),
    );
    await expect(tried).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(lines).toHaveLength(100);
});

test('what has no answer in time is not refused, and what nobody foresaw is thrown as it is', async () => {
  const act = { ...actOf('192.0.2.1'), details: { linkId: 'link' } };
  await expect(refusals.orRefuse(act, async () => 7)).resolves.toBe(7);
  const late = refusals.orRefuse(act, () => Promise.reject(new CodedError('timedOut')));
  await expect(late).rejects.toMatchObject({ code: 'timedOut' });
  await expect(refusals.orRefuse(act, () => Promise.reject(new Error('odd')))).rejects.toThrow('odd');
  expect(lines.map(({ outcome, details }) => [outcome, details])).toEqual([
    ['done', { linkId: 'link', code: 'timedOut' }],
    ['refused', { linkId: 'link', code: 'internal' }],
  ]);
});

import { expect, it } from 'vitest';
import { relayRevoked, revocationActs } from './acts.ts';
import { endViewings } from './endViewings.ts';
import { withStage } from './runRevocation.ts';

// That nothing flows on, whoever comes back, is the assertion; how soon it ends is `pnpm faults audit revocation`'s business.
it('F16 no packet goes to anybody whose viewing was ended, nor to who comes back after it', async () => {
  const ended = await withStage(
    () => undefined,
    async (stage) => {
      const people = { analysts: [await stage.analyst()], limited: await stage.newcomer(), expiryMs: 10_000 };
      const habits = ['is cut off'] as const;
      return [
        ...(await endViewings(stage, people, { habits })),
        ...(await endViewings(stage, people, { acts: [relayRevoked()], habits })),
      ];
    },
  );
  expect(ended.map(({ act }) => act)).toEqual([...revocationActs.map(({ name }) => name), 'relay']);
  expect(ended.filter(({ packets }) => packets === 0)).toEqual([]);
  expect(ended.filter(({ viewingsAfter }) => viewingsAfter > 0)).toEqual([]);
}, 300_000);

import { expect, it } from 'vitest';
import { forkLog } from './forkLog.ts';

// That it is raised is the assertion; how fast is `pnpm faults audit fork`'s business.
it('WIT2 a log that was rewritten with its own key is raised by the relay that witnessed it', async () => {
  const report = await forkLog(() => undefined);
  console.log(`A fork was raised after ${Math.round(report.raisedAfterMs)} ms`);
  expect(report).toMatchObject({ statusCode: 1, evidenceCode: 1 });
  expect(report.words).toContain('ALARM');
  expect(report.words).toContain('was forked');
}, 300_000);

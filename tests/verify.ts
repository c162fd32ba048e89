// Command-line entry point, what `npm test` runs: every check. With words, only those whose title holds one of them.
import { allChecks } from './verification/checks.ts';
import { runChecks } from './verification/runChecks.ts';

const print = (line: string): void => console.log(line);
const stop = new AbortController();
// What the running check started ends with us.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stop.abort();
    process.exit(exitCode);
  });
}

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const checks = allChecks(print, stop.signal).filter(
  ({ title }) => words.length === 0 || words.some((word) => title.toLowerCase().includes(word)),
);
const { passed, failed } = await runChecks(checks, print);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

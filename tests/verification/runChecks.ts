import type { Check, Outcome } from './Check.ts';

/**
 * Runs the checks one after the other, each under its heading, and goes on after a failure. The last line that it
 * prints is the count, for people and for scripts.
 */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<Outcome> {
  let passed = 0;
  let failed = 0;
  const remarks: string[] = [];
  for (const check of checks) {
    const { title } = check;
    print(`\n=== ${title}`);
    const startedAtMs = performance.now();
    const outcome = await check.run();
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    for (const remark of outcome.remarks) print(remark);
    print(`--- ${title}: ${outcome.passed} passed, ${outcome.failed} failed, ${seconds} s`);
    passed += outcome.passed;
    failed += outcome.failed;
    // Once more at the end: in a long output the names of what failed are hard to find.
    if (outcome.failed > 0) {
      remarks.push(`Failed: ${title} (${outcome.failed})`, ...outcome.remarks.map((remark) => `  ${remark}`));
    }
  }
  print('');
  for (const remark of remarks) print(remark);
  print(`${passed} passed, ${failed} failed`);
  return { passed, failed, remarks };
}

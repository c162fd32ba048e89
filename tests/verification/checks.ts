import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { ensureClient } from '../training/clientBuild.ts';
import { getClips, getWorker } from '../training/prepare.ts';
import type { Check } from './Check.ts';
import { playwrightCheck, stepCheck, toolCheck, vitestCheck } from './runners.ts';

const typedFolders = ['types', 'types/verify', 'server', 'sfu', 'sfu/relay', 'sfu/worker', 'client', 'tests'];

/** Everything that must hold before a change lands, the quick ones first. */
export function allChecks(progress: (line: string) => void, signal: AbortSignal): Check[] {
  return [
    stepCheck('Set-up: system packages', () =>
      ensureSystemPackages([...systemPackages.run, ...systemPackages.browser, ...systemPackages.test], progress),
    ),
    toolCheck('Format', 'oxfmt', '--check'),
    toolCheck('Lint', 'oxlint', '--type-aware', '--deny-warnings'),
    ...typedFolders.map((folder) => toolCheck(`Types: ${folder}`, 'tsc', '-p', folder)),
    // Without Node's types: what of the verifier runs in browsers names nothing of Node.
    toolCheck('Types: verifier in browsers', 'tsc', '-p', 'types/verify/tsconfig.browser.json'),
    toolCheck('Dead code and unused dependencies', 'knip'),
    vitestCheck('Rules of the repository', 'tests', '--dir=repo'),
    stepCheck('Set-up: mediasoup worker', () => getWorker({ progress, signal })),
    stepCheck('Set-up: clips of the training cameras', () => getClips({ progress, signal })),
    stepCheck('Set-up: client', () => ensureClient(progress, signal)),
    vitestCheck('Tests: types', 'types', '--exclude=verify/**'),
    vitestCheck('Tests: verifier', 'types/verify'),
    vitestCheck('Tests: mediasoup worker', 'sfu/worker'),
    vitestCheck('Tests: server', 'server'),
    vitestCheck('Tests: SFU host', 'sfu', '--exclude=relay/**', '--exclude=worker/**'),
    vitestCheck('Tests: relay', 'sfu/relay'),
    vitestCheck('Tests: client', 'client'),
    vitestCheck('Tests: what crosses packages', 'tests', '--exclude=repo/**', '--exclude=faults/**'),
    playwrightCheck('Browser stories', 'e2e/playwright.config.ts'),
    // One file after another: each starts a whole system, and some measure how long it is away.
    vitestCheck('Faults, one run each', 'tests', '--dir=faults', '--no-file-parallelism'),
  ];
}

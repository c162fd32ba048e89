// Command-line entry point, what `pnpm bench NAME` runs: measurements, which print what they find.
import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { runScript } from '../support/runScript.ts';
import { benchMap } from './benchMap.ts';

/** By its name, what is measured. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  audit: (args) => runScript('server/scripts/benchAudit.ts', args),
  map: benchMap,
  search: (args) => runScript('server/scripts/benchSearch.ts', args),
  site: (args) => runScript('tests/bench/site.ts', args),
  flags: (args) => runScript('server/scripts/benchFlags.ts', args),
};

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`Usage: pnpm bench ${Object.keys(benches).join(' | ')}`);
  process.exit(1);
}
await ensureSystemPackages(systemPackages.test, (line) => console.error(line));
process.exitCode = await bench(args);

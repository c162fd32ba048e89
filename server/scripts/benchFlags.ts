// Command-line entry point, what `pnpm bench flags` runs: how much planted misuse the flags find, and how much ordinary work.
import { parseArgs } from 'node:util';
import { flagKindSchema } from '@commonsight/types/review';
import { type FlagFigures, measureFlags } from '../src/reviews/testing/measureFlags.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 32)}` },
    cities: { type: 'string', default: '5' },
    viewings: { type: 'string', default: '5000' },
    patterns: { type: 'string', default: '50' },
  },
});
const [first, cities, viewings, patterns] = [values.seed, values.cities, values.viewings, values.patterns].map(Number);
if (![first, cities, viewings, patterns].every((value) => Number.isInteger(value) && (value ?? -1) >= 0)) {
  process.stderr.write('Usage: pnpm bench flags [--seed N] [--cities N] [--viewings N] [--patterns N]\n');
  process.exit(1);
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const share = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

print(`${patterns} patterns of misuse among ${viewings} ordinary viewings, ${cities} cities.\n`);
print('seed        recall            false alarms');
const all: FlagFigures[] = [];
for (let city = 0; city < (cities ?? 0); city += 1) {
  const seed = (first ?? 0) + city;
  const figures = measureFlags({ seed, viewings: viewings ?? 0, patterns: patterns ?? 0 });
  all.push(figures);
  const recall = `${figures.found} of ${figures.patterns}, ${share(figures.found, figures.patterns)}`;
  const alarms = `${figures.falseAlarms} of ${figures.ordinary}, ${share(figures.falseAlarms, figures.ordinary)}`;
  print(`${String(seed).padEnd(12)}${recall.padEnd(18)}${alarms}`);
}

const sum = (read: (figures: FlagFigures) => number) => all.reduce((total, figures) => total + read(figures), 0);
const ordinary = sum((figures) => figures.ordinary);
print('\nflag                  found by any flag   by this one    false alarms');
for (const kind of flagKindSchema.options) {
  const planted = sum((figures) => figures.foundByKind[kind].planted);
  const found = share(
    sum((figures) => figures.foundByKind[kind].found),
    planted,
  );
  const named = share(
    sum((figures) => figures.foundByKind[kind].named),
    planted,
  );
  const alarms = share(
    sum((figures) => figures.falseAlarmsByKind[kind]),
    ordinary,
  );
  print(`${kind.padEnd(22)}${found.padEnd(20)}${named.padEnd(15)}${alarms}`);
}
const patternsInAll = sum((figures) => figures.patterns);
print(
  `\nIn all: recall ${share(
    sum((figures) => figures.found),
    patternsInAll,
  )}, false alarms ${share(
    sum((figures) => figures.falseAlarms),
    ordinary,
  )}.`,
);

import { fewestShown } from '@commonsight/types/transparency';

/** The parts of a total, by name. */
export type Cells = Readonly<Record<string, number>>;

/** The same, with null for what is withheld. */
export type ShownCells = Readonly<Record<string, number | null>>;

export interface ShownTables {
  total: number | null;
  tables: ShownCells[];
}

/**
 * Withholds numbers from 1 to 4, and as many more as are needed so that nobody can compute them: not from the total
 * minus the others, and not by knowing these rules. Zero is told: it says nothing about anybody.
 *
 * The tables divide one and the same total in different ways; what matters least to readers stands last. Throws a `RangeError` when they do not.
 */
export function withholdSmall(tables: readonly Cells[]): ShownTables {
  const totals = tables.map((cells) => sum(Object.values(cells)));
  const [total = 0] = totals;
  if (totals.some((other) => other !== total)) throw new RangeError('The tables do not divide the same total.');
  const shown = tables.map((cells) => withholdOf(cells));
  if (isSmall(total) || shown.some((cells) => cells === null)) return withholdAll(tables);
  return { total, tables: shown.filter((cells) => cells !== null) };
}

/** A number that stands alone. */
export function withholdNumber(value: number): number | null {
  return isSmall(value) ? null : value;
}

/** The cells beside a total that everybody sees; null when no choice of cells would hide them. */
function withholdOf(cells: Cells): ShownCells | null {
  const hidden = new Set(Object.keys(cells).filter((name) => isSmall(cells[name] ?? 0)));
  if (hidden.size === 0) return cells;
  // From the end of the list, and not the smallest: which one is chosen must not say how large it is.
  const next = Object.keys(cells).filter((name) => (cells[name] ?? 0) > 0 && !hidden.has(name));
  while (!isHiding([...hidden].map((name) => cells[name] ?? 0))) {
    const further = next.pop();
    if (further === undefined) return null;
    hidden.add(further);
  }
  return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, hidden.has(name) ? null : value]));
}

/**
 * Whether nobody learns a small number from the sum of those that are withheld. A large one must be among them, and so
 * much in all that each of the others may be anything from 1 to 4, with 1 for the rest and 5 for the large one.
 */
function isHiding(hidden: readonly number[]): boolean {
  const mostSmall = fewestShown - 1;
  return Math.max(...hidden) >= fewestShown && sum(hidden) >= mostSmall + (hidden.length - 2) + fewestShown;
}

/** Without their total, numbers say nothing about each other, so long as no table shows all of its own. */
function withholdAll(tables: readonly Cells[]): ShownTables {
  return {
    total: null,
    tables: tables.map((cells) =>
      Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, value === 0 ? 0 : null])),
    ),
  };
}

function isSmall(value: number): boolean {
  return value > 0 && value < fewestShown;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Numbers from 0 up to 1, as Math.random gives them, and always the same ones for a seed. */
export type Random = () => number;

/** Mulberry32: small, and good enough to choose places. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to the bound, without it. */
export function below(bound: number, random: Random): number {
  return Math.floor(random() * bound);
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

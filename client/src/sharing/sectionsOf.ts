interface InSection {
  readonly section: string | null;
}

/** Cameras by their sections: those by name, and last the cameras of none. */
export function sectionsOf<T extends InSection>(cameras: readonly T[]): { name: string | null; cameras: T[] }[] {
  return [...Map.groupBy(cameras, ({ section }) => section)]
    .map(([name, of]) => ({ name, cameras: of }))
    .toSorted(
      (a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? ''),
    );
}

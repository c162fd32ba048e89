/** Two letters for a person: of the first and the last name. */
export function initialsOf(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return `${letterOf(parts[0])}${parts.length > 1 ? letterOf(parts.at(-1)) : ''}`.toUpperCase();
}

function letterOf(part: string | undefined): string {
  const point = part?.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}

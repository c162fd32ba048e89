import { type Position, positionSchema } from '@commonsight/types/position';

export const spotExample = '43.03890, -87.90650';

/** As `spotExample`: to the metre. */
export function spotWords({ latitude, longitude }: Position): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

/** What somebody typed or pasted, in degrees; null for anything else. */
export function readSpot(text: string): Position | null {
  const parts = text
    .trim()
    .split(/[\s,;]+/)
    .map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN));
  const [latitude, longitude] = parts;
  const read = positionSchema.safeParse({ latitude, longitude });
  return parts.length === 2 && read.success ? read.data : null;
}

import type { Figure, FigureUnit } from '@commonsight/types/transparency';

const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number as it stands in its table. */
export function valueWords(value: number | null, unit: FigureUnit): string {
  if (value === null) return 'withheld';
  if (unit === 'percent') return `${wholeNumbers.format(value)} %`;
  if (unit === 'seconds') return lengthWords(value);
  return unit === 'minutes' ? `${wholeNumbers.format(value)} min` : wholeNumbers.format(value);
}

/** Where the figure comes from, so that it can be checked. */
export function sourceWords({ checkpoint }: Figure): string {
  return checkpoint === null
    ? 'From the list of cameras.'
    : `From the first ${wholeNumbers.format(checkpoint.size)} lines of the log.`;
}

export function dayWords(moment: string): string {
  return new Date(moment).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
}

function lengthWords(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0 ? `${rest} s` : `${wholeNumbers.format(minutes)} min ${rest} s`;
}

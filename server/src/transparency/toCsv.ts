import type { TransparencyReport } from '@commonsight/types/transparency';

const columns = ['figure', 'row', 'name', 'value', 'unit', 'state', 'from', 'to', 'origin', 'size', 'root'];

/** The report's numbers, one a line (RFC 4180). The value is empty where it is withheld or not yet recorded. */
export function toCsv({ figures, period }: TransparencyReport): string {
  const lines = figures.flatMap((figure) => {
    const { origin = '', size = '', root = '' } = figure.checkpoint ?? {};
    const common = (state: string) => [figure.unit, state, period.from, period.to, origin, size, root];
    if (figure.rows.length === 0) return [[figure.id, '', figure.title, '', ...common(figure.state)]];
    return figure.rows.map(({ key, name, value }) => [
      figure.id,
      key,
      name,
      value ?? '',
      ...common(value === null ? 'withheld' : figure.state),
    ]);
  });
  return [columns, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Nothing that a spreadsheet would take for a formula. */
function quoted(cell: string | number): string {
  const text = String(cell);
  const plain = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

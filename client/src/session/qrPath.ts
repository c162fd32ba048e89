/** The dark squares of a QR code as one path, each square of size one. */
export function qrPath(rows: readonly (readonly boolean[])[]): { path: string; size: number } {
  const parts = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { path: parts.join(''), size: rows.length };
}

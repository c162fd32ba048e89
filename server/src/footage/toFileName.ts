const mostBytes = 180;
/** Of a longer one, both ends: everything below is done with so much at most, whatever somebody sends. */
const mostUnits = 500;
/** Names that mean a device to Windows, whatever the ending is. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What some file systems leave away at the end of a name. */
const edge = /[\s.]+$/;

/**
 * A file's name made harmless for whoever saves it: the last part of a path, without control characters, without marks that
 * turn the direction of writing (`gpj.exe` for `exe.jpg`), and without what file systems take for something else.
 */
export function toFileName(given: string): string {
  const last = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
  const ends = last.length <= mostUnits ? last : last.slice(0, mostUnits / 2) + last.slice(-mostUnits / 2);
  const clean = ends
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[<>:"|?*%]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
    .replace(edge, '');
  const named = clean === '' ? 'footage' : clean;
  return shorten(devices.test(named) ? `_${named}` : named);
}

/** Keeps the ending, which says what it is. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const [ending = ''] = /\.[^.]{1,16}$/u.exec(name) ?? [];
  // A character that is cut in two halves ends as none.
  const bytes = Buffer.from(name.slice(0, name.length - ending.length)).subarray(
    0,
    mostBytes - Buffer.byteLength(ending),
  );
  const stem = new TextDecoder().decode(bytes, { stream: true });
  return stem.replace(edge, '') + ending;
}

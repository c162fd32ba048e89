const errorLevel = 50;

/**
 * Why a process ended, from what it wrote: the last line that its logger calls an error, else the last line that is not
 * part of a stack trace.
 */
export function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines.toReversed()) {
    const entry = parseEntry(line);
    if (entry && entry.level >= errorLevel) return entry.text;
  }
  const plain = lines.filter((line) => !/^\s+at |^Node\.js v|^[\s^]*$/.test(line) && !parseEntry(line));
  // An uncaught error is printed below its source line, as "SomeError: what happened".
  const thrown = plain.findLast((line) => /^(\w*Error|Uncaught)\b.*:/.test(line));
  return (thrown ?? plain.at(-1) ?? 'it wrote nothing').trim();
}

function parseEntry(line: string): { level: number; text: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined;
    const message = 'msg' in entry ? String(entry.msg) : '';
    return { level: Number(entry.level), text: [message, errorMessage(entry)].filter(Boolean).join(': ') };
  } catch {
    return undefined;
  }
}

function errorMessage(entry: object): string | undefined {
  if (!('err' in entry) || typeof entry.err !== 'object' || entry.err === null) return undefined;
  return 'message' in entry.err ? String(entry.err.message) : undefined;
}

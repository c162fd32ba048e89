import { fromUtf8, toUtf8 } from '../bytes/bytes.ts';
import { canonicalText } from '../entry/canonicalJson.ts';
import { type BundleLine, bundleLineSchema, type EntryLine } from './bundleLines.ts';

/** A line with, for an entry, the bytes of its leaf: null if there is none. */
export type ReadLine = Exclude<BundleLine, EntryLine> | (EntryLine & { leaf: Uint8Array | null });

/** Undefined unless these are the very bytes in which a line of an export says what it says. */
export function readLine(bytes: Uint8Array): ReadLine | undefined {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const { data: line } = bundleLineSchema.safeParse(JSON.parse(text));
    if (!line) return undefined;
    if (line.kind !== 'entry') return canonicalText(line) === text ? line : undefined;
    // An entry is written once for both: as the leaf that is hashed, and to see that the line has no other spelling.
    const { entry, ...rest } = line;
    const leafText = canonicalText(entry);
    if (`{"entry":${leafText},${canonicalText(rest).slice(1)}` !== text) return undefined;
    return { ...line, leaf: entry && toUtf8(leafText) };
  } catch {
    // No JSON, or a text that is half of a surrogate pair.
    return undefined;
  }
}

import { longestPolicyText } from '@commonsight/types/policy';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The text of a policy that somebody is writing. It outlives the page and the window, and is this browser's alone; when
 * the browser keeps nothing, it lives as long as the page.
 */
export function policyDraft(store: Store, userId: string) {
  const key = `commonsight.policyDraft.${userId}`;
  return {
    read(): string | null {
      try {
        return store.getItem(key);
      } catch {
        return null;
      }
    },
    write(text: string | null): void {
      try {
        if (text === null) store.removeItem(key);
        else store.setItem(key, text);
      } catch {
        // Full or forbidden: the draft is still in the field.
      }
    },
  };
}

export type OpenedFile = { state: 'opened'; text: string } | { state: 'refused'; message: string };

/** Reads a chosen file as it is: its bytes are what is hashed, so nothing of it may be put right on the way. */
export async function openPolicyFile(file: Blob): Promise<OpenedFile> {
  if (file.size > longestPolicyText) {
    return {
      state: 'refused',
      message: `This file is larger than ${longestPolicyText / 1024} KB. Choose a policy file, or shorten its texts.`,
    };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    return { state: 'opened', text };
  } catch {
    return { state: 'refused', message: 'This file is no UTF-8 text. Save it as UTF-8 and open it again.' };
  }
}

/** The lines that the server's message names, the first one first. */
export function linesNamed(message: string): number[] {
  return [...message.matchAll(/\bLine (\d+):/g)].map(([, line]) => Number(line));
}

/** Where a line begins and ends in the text, without its break; the last line when there are fewer. */
export function placeOfLine(text: string, line: number): { start: number; end: number } {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) break;
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
}

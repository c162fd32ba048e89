import { useState } from 'react';

/** Copies a text; `state` says how that went. */
export function useCopy(text: string, onRefused?: () => void) {
  const [state, setState] = useState<'notCopied' | 'copied' | 'refused'>('notCopied');

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
      onRefused?.();
    }
  }

  return { state, copy };
}

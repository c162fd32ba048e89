import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { supervisorsOn, watchedWords } from './watchedWords.ts';

/** Long enough to be seen: nobody looks at a wall for the blink of an eye without its operators knowing. */
const shownAtLeastMs = 3_000;

/** Says on the wall itself which supervisors have it open, for as long as they have. */
export function WatchedSign() {
  const { wall, me } = useWorkspace();
  const words = useStore(wall.store, (state) =>
    state.state === 'joined' ? watchedWords(supervisorsOn(state.present, me.user.id)) : '',
  );
  const [lastWords, setLastWords] = useState('');
  if (words !== '' && words !== lastWords) setLastWords(words);
  useEffect(() => {
    if (words !== '') return undefined;
    const timer = setTimeout(() => setLastWords(''), shownAtLeastMs);
    return () => clearTimeout(timer);
  }, [words]);
  const shown = words === '' ? lastWords : words;
  if (shown === '') return null;
  return (
    <output className="flex min-h-6 shrink-0 items-center justify-center gap-2 bg-accent-soft px-3 py-0.5 text-center text-sm text-text">
      <Eye className="size-4 shrink-0 text-accent" aria-hidden />
      {shown}
    </output>
  );
}

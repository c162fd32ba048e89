import type { FlagRule } from './FlagRule.ts';
import { saysNothing } from './saysNothing.ts';

/** What is written about the incident would fit any other: its title, or every note of the one who looks. */
export const genericNotes: FlagRule = {
  kind: 'genericNotes',
  find({ viewing, incident }) {
    const notes = incident.entries.filter(({ kind }) => kind === 'note');
    // Whoever wrote it: one note that says something explains the incident for everybody who looks at it.
    if (notes.some(({ text }) => !saysNothing(text))) return null;
    if (saysNothing(incident.title)) {
      return `#${incident.number} is called "${incident.title}", and nothing on it says more.`;
    }
    const own = notes.findLast(({ authorId }) => authorId === viewing.userId);
    return own === undefined ? null : `All that was noted on #${incident.number} is "${shorten(own.text)}".`;
  },
};

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

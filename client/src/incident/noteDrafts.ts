import type { Id } from '@commonsight/types/ids';
import { createStore } from 'zustand/vanilla';

/** A note that is being written. `failed` keeps what was written and says why it was not taken. */
export type NoteDraft =
  | { state: 'writing'; text: string }
  | { state: 'sending'; text: string }
  | { state: 'failed'; text: string; message: string };

type SendNote = (
  text: string,
) => Promise<{ state: 'ok' } | { state: 'aborted' } | { state: 'failed'; error: { message: string } }>;

/** Where texts outlive the page. */
export interface KeptTexts {
  /** What was kept, by what it is about. */
  read(): ReadonlyMap<Id, string>;
  /** An empty text is kept no more. */
  keep(id: Id, text: string): void;
}

const empty: NoteDraft = { state: 'writing', text: '' };

/**
 * Notes not yet sent, by incident: they outlive the panel, a look at another incident, and a lost connection; with a
 * place to keep them also the page.
 */
export function createNoteDrafts(kept?: KeptTexts) {
  const store = createStore<ReadonlyMap<Id, NoteDraft>>()(
    () => new Map([...(kept?.read() ?? [])].map(([id, text]) => [id, { state: 'writing', text }])),
  );
  const set = (incidentId: Id, draft: NoteDraft): void => {
    const drafts = new Map(store.getState());
    if (draft.state === 'writing' && draft.text === '') drafts.delete(incidentId);
    else drafts.set(incidentId, draft);
    store.setState(drafts, true);
  };
  const read = (incidentId: Id): NoteDraft => store.getState().get(incidentId) ?? empty;
  return {
    store,
    read,
    write(incidentId: Id, text: string): void {
      if (read(incidentId).state === 'sending') return;
      set(incidentId, { state: 'writing', text });
      kept?.keep(incidentId, text);
    },
    /** Sends what was written; it goes from the line only once the server has it. Nothing is sent twice at a time. */
    async send(incidentId: Id, sendNote: SendNote): Promise<void> {
      const draft = read(incidentId);
      const text = draft.text.trim();
      if (text === '' || draft.state === 'sending') return;
      set(incidentId, { state: 'sending', text: draft.text });
      const result = await sendNote(text);
      if (result.state === 'ok') {
        set(incidentId, empty);
        kept?.keep(incidentId, '');
      } else if (result.state === 'aborted') set(incidentId, { state: 'writing', text: draft.text });
      else set(incidentId, { state: 'failed', text: draft.text, message: result.error.message });
    },
  };
}

/** This window's drafts. */
export const noteDrafts = createNoteDrafts();

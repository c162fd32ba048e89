import { Field as BaseField } from '@base-ui/react/field';
import type { Incident } from '@commonsight/types/incident';
import { type FormEvent, type KeyboardEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { inputClass } from '../ui/Field.tsx';
import { classes } from '../ui/classes.ts';
import { noteIncident } from './incidentActs.ts';
import { noteDrafts } from './noteDrafts.ts';

/** The line for notes, always ready: Enter sends, Shift and Enter begins a new line. */
export function NoteLine({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const line = useRef<HTMLTextAreaElement>(null);
  useStore(noteDrafts.store, (drafts) => drafts.get(incident.id));
  const draft = noteDrafts.read(incident.id);

  const send = async (): Promise<void> => {
    await noteDrafts.send(incident.id, (text) => noteIncident(workspace, incident.id, text));
    line.current?.focus();
  };
  const handleKey = (press: KeyboardEvent): void => {
    if (press.key !== 'Enter' || press.shiftKey || press.nativeEvent.isComposing) return;
    press.preventDefault();
    void send();
  };
  return (
    <form
      className="border-t border-line bg-surface-2 p-2"
      onSubmit={(submit: FormEvent) => {
        submit.preventDefault();
        void send();
      }}
    >
      <BaseField.Root invalid={draft.state === 'failed'} className="flex items-end gap-2">
        <BaseField.Label className="sr-only">Note</BaseField.Label>
        <BaseField.Control
          value={draft.text}
          onValueChange={(text) => noteDrafts.write(incident.id, text)}
          readOnly={draft.state === 'sending'}
          placeholder="Write what you see"
          maxLength={2000}
          render={
            <textarea
              ref={line}
              rows={draft.text.length > 44 || draft.text.includes('\n') ? 3 : 1}
              onKeyDown={handleKey}
            />
          }
          className={classes(inputClass, 'h-auto min-h-7.5 resize-none py-1.5')}
        />
        <Button type="submit" disabled={draft.state === 'sending' || draft.text.trim() === ''}>
          Add note
        </Button>
      </BaseField.Root>
      {draft.state === 'failed' ? (
        <p role="alert" className="mt-1.5 mb-0 text-xs text-[#ff8a80]">
          Not added: {draft.message} Your note is still here; press Enter to try again.
        </p>
      ) : null}
    </form>
  );
}

import type { BreakGlass } from '@commonsight/types/grant-request';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatCount, formatExactTime } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { breakGlassChanged, isOverdue } from '../state/breakGlass.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { Select } from '../ui/Select.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { tell } from '../ui/toast.tsx';
import { dueWords } from './dueWords.ts';
import { usePurposeName } from './usePurposeName.ts';

/** Fewer characters say nothing that could be reviewed; the server refuses them. */
const fewestCharacters = 20;

export interface JustificationDialogProps {
  /** The user's own that wait for a justification; at least one. */
  uses: readonly BreakGlass[];
  onClose: () => void;
}

/** Why somebody looked without an approval, in their own words. */
export function JustificationDialog({ uses, onClose }: JustificationDialogProps) {
  const workspace = useWorkspace();
  const { justificationDrafts } = workspace;
  const nowMs = useServerNowMs();
  const purposeName = usePurposeName();
  const formId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const use = uses.find(({ id }) => id === chosenId) ?? uses[0];
  const drafts = useStore(justificationDrafts.store);
  if (use === undefined) return null;
  const { id } = use;
  const draft = drafts.get(id) ?? { state: 'writing', text: '' };
  const length = draft.text.trim().length;
  const isLast = uses.length === 1;

  async function send(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    if (length < fewestCharacters) return;
    await justificationDrafts.send(id, async (text) => {
      const result = await call(grantRoutes.justifyBreakGlass, { params: { id }, body: { text } });
      if (result.state === 'ok') {
        breakGlassChanged(workspace.breakGlass, result.value);
        tell('The justification is kept. Supervisors can read it now.');
        if (isLast) onClose();
      }
      return result;
    });
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      initialFocus={field}
      title="Justify what you looked at"
      description="You looked without an approval. Say what happened and why it could not wait. It is kept as it stands."
      actions={
        <>
          <Button onClick={onClose}>Later</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            disabled={length < fewestCharacters || draft.state === 'sending'}
          >
            Send justification
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submitted) => void send(submitted)} className="flex flex-col gap-3">
        {isLast ? null : (
          <Select
            label="Use of break-glass"
            value={id}
            onChange={setChosenId}
            options={uses.map((one) => ({
              value: one.id,
              label: `#${one.incidentNumber} ${one.incidentTitle}`,
              hint: `${formatExactTime(one.startedAt)}, ${dueWords(one, nowMs)}`,
            }))}
          />
        )}
        <div className="figures">
          <p className="m-0">
            <span className="font-semibold">#{use.incidentNumber}</span> {use.incidentTitle}. {purposeName(use.purpose)}
            , {formatCount(use.cameraIds.length, 'camera')}, {formatExactTime(use.startedAt)}.
          </p>
          <p className="m-0 mt-1 flex items-center gap-1.5 text-muted">
            <StatusSymbol kind={isOverdue(use, nowMs) ? 'stale' : 'warn'} />
            {dueWords(use, nowMs)}
          </p>
        </div>
        <TextField
          ref={field}
          label="Justification"
          rows={6}
          value={draft.text}
          maxLength={4000}
          required
          disabled={draft.state === 'sending'}
          onChange={({ target }) => justificationDrafts.write(id, target.value)}
          description={
            length < fewestCharacters
              ? `At least ${fewestCharacters} characters; ${fewestCharacters - length} more.`
              : 'Your draft stays here when you close this.'
          }
          error={draft.state === 'failed' ? draft.message : null}
        />
      </form>
    </Dialog>
  );
}

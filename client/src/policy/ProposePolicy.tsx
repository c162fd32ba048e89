import { routes } from '@commonsight/types/http/routes';
import { longestPolicyText, type Policy, policyProposalHours } from '@commonsight/types/policy';
import { FolderOpen, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import { FileEditor } from './FileEditor.tsx';
import { linesNamed, openPolicyFile, placeOfLine, policyDraft } from './policyDraft.ts';

/** Proposes a new pack as the text of its file. What is written stays until it is proposed or thrown away. */
export function ProposePolicy({ active, onProposed }: { active: Policy; onProposed: () => void }) {
  const { me } = useWorkspace();
  const draft = policyDraft(window.localStorage, me.user.id);
  const [written, setWritten] = useState(() => draft.read());
  const [fileError, setFileError] = useState<string | null>(null);
  const { isBusy, error, send } = useSend();
  /** The text that the error is about: what is written after it is not wrong yet. */
  const [refusedText, setRefusedText] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const text = written ?? active.text;
  const isChanged = text !== active.text;
  const bytes = new TextEncoder().encode(text).length;
  const problem = fileError ?? (refusedText === text ? error : null);
  const wrongLines = problem === null ? [] : linesNamed(problem);

  function write(value: string | null): void {
    setFileError(null);
    setWritten(value);
    draft.write(value);
  }

  async function open(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const opened = await openPolicyFile(file);
    if (opened.state === 'refused') setFileError(opened.message);
    else write(opened.text);
  }

  function propose(): void {
    setRefusedText(text);
    void send(
      () => call(routes.proposePolicy, { body: { text } }),
      () => {
        write(null);
        tell('Proposed. Somebody else has to approve it.');
        onProposed();
      },
    );
  }

  function goTo(line: number): void {
    const element = field.current;
    if (element === null) return;
    const { start, end } = placeOfLine(element.value, line);
    element.focus();
    element.setSelectionRange(start, end);
    element.scrollTop = Math.max(0, (line - 4) * lineHeightPixels);
  }

  return (
    <Section
      title="Propose a new policy"
      description={`Edit the text or open a file. Nothing changes until a second person approves it, within ${policyProposalHours} hours.`}
    >
      <div className="mt-4 flex flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => fileInput.current?.click()}>
            <FolderOpen className="size-4" aria-hidden />
            Open a file
          </Button>
          <input
            ref={fileInput}
            type="file"
            hidden
            aria-label="Policy file"
            accept=".yaml,.yml,text/yaml,text/plain"
            onChange={({ currentTarget }) => {
              void open(currentTarget.files?.[0]);
              // The same file can be opened again after it was mended.
              currentTarget.value = '';
            }}
          />
          {isChanged ? (
            <Button
              look="quiet"
              onClick={() => {
                const before = written;
                write(null);
                tell('The text is the active policy’s again.', { label: 'Undo', onSelect: () => write(before) });
              }}
            >
              <RotateCcw className="size-4" aria-hidden />
              Back to the active text
            </Button>
          ) : null}
        </div>
        <FileEditor
          label="Text of the policy"
          description={sizeWords(bytes, isChanged)}
          value={text}
          wrongLines={wrongLines}
          isInvalid={problem !== null}
          fieldRef={field}
          onChange={write}
        />
        {problem === null ? null : (
          <div role="alert" className="rounded-md bg-alert-soft px-3 py-2 text-[#ff9db4]">
            <p className="m-0 wrap-anywhere">{problem}</p>
            {wrongLines.length === 0 ? null : (
              <p className="m-0 mt-1.5 flex flex-wrap gap-1.5">
                {wrongLines.map((line) => (
                  <Button key={line} size="sm" onClick={() => goTo(line)}>
                    Go to line {line}
                  </Button>
                ))}
              </p>
            )}
          </div>
        )}
        <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
          {isChanged ? null : <span className="text-muted">Change the text first.</span>}
          <Button look="primary" disabled={isBusy || !isChanged} onClick={propose}>
            Propose
          </Button>
        </div>
      </div>
    </Section>
  );
}

const lineHeightPixels = 18;

function sizeWords(bytes: number, isChanged: boolean): string {
  const size = `${(bytes / 1024).toFixed(1)} of ${longestPolicyText / 1024} KB.`;
  return isChanged ? `${size} Your draft is kept in this browser.` : `${size} This is the active policy.`;
}

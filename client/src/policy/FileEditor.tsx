import { Field as BaseField } from '@base-ui/react/field';
import { type Ref, useState } from 'react';
import { classes } from '../ui/classes.ts';

export interface FileEditorProps {
  label: string;
  description: string;
  value: string;
  /** Lines that something is wrong with. */
  wrongLines: readonly number[];
  isInvalid: boolean;
  fieldRef: Ref<HTMLTextAreaElement>;
  onChange: (value: string) => void;
}

/** The height of a line in the field and beside it. */
const lineClass = 'font-mono text-xs leading-[18px]';

/** A file's text to be edited, with the numbers of its lines, which errors name. */
export function FileEditor({ label, description, value, wrongLines, isInvalid, fieldRef, onChange }: FileEditorProps) {
  const [scrollTop, setScrollTop] = useState(0);
  const lineCount = value.split('\n').length;
  return (
    <BaseField.Root invalid={isInvalid} className="flex flex-col gap-1">
      <BaseField.Label className="text-xs font-medium text-muted">{label}</BaseField.Label>
      <div className="flex h-[28rem] max-h-[60vh] overflow-hidden rounded-md bg-surface-0 inset-ring inset-ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent">
        <div aria-hidden className="w-11 shrink-0 overflow-hidden border-r border-line select-none">
          <div className="py-2" style={{ transform: `translateY(-${scrollTop}px)` }}>
            {Array.from({ length: lineCount }, (_, i) => (
              <div
                key={i}
                className={classes(
                  lineClass,
                  'pr-2 text-right',
                  wrongLines.includes(i + 1) ? 'bg-alert-soft font-semibold text-[#ff9db4]' : 'text-subtle',
                )}
              >
                {i + 1}
              </div>
            ))}
          </div>
        </div>
        <BaseField.Control
          render={
            <textarea
              ref={fieldRef}
              wrap="off"
              spellCheck={false}
              onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
              onChange={({ target }) => onChange(target.value)}
            />
          }
          value={value}
          className={classes(
            lineClass,
            'm-0 min-w-0 grow resize-none overflow-auto border-0 bg-transparent px-2.5 outline-none py-2 text-text',
          )}
        />
      </div>
      <BaseField.Description className="m-0 text-xs text-muted">{description}</BaseField.Description>
    </BaseField.Root>
  );
}

import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Dialog } from './Dialog.tsx';
import { Field } from './Field.tsx';

export interface OnceLinkDialogProps {
  title: string;
  /** Who may have it, and what it opens. */
  description: string;
  link: string;
  /** Until when it works, and what to do when it is lost. */
  hint: string;
  onClose: () => void;
  children?: ReactNode;
}

/** The one time that a link with a secret is seen. */
export function OnceLinkDialog({ title, description, link, hint, onClose, children }: OnceLinkDialogProps) {
  const copy = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      initialFocus={copy}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>Done</Button>
          <CopyButton buttonRef={copy} text={link} label="Copy link" look="primary" />
        </>
      }
    >
      <Field label="Link" value={link} readOnly onFocus={({ target }) => target.select()} description={hint} />
      {children}
    </Dialog>
  );
}

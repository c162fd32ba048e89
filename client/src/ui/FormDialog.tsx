import { type ReactNode, type RefObject, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

export interface FormDialogProps {
  title: string;
  /** What will happen. */
  description?: ReactNode;
  submitLabel: string;
  look?: 'primary' | 'danger';
  size?: 'sm' | 'md' | 'lg';
  /** Whether it can be sent. */
  isReady: boolean;
  /** Whether it is being sent: until the answer it stays, because what it does cannot be taken back. */
  isSending?: boolean;
  /** Without one the focus begins on the button that sends. */
  initialFocus?: RefObject<HTMLElement | null>;
  returnsFocus?: () => boolean;
  onSubmit: (fields: FormData) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A dialog that asks for something and sends it. */
export function FormDialog({
  title,
  description,
  submitLabel,
  look = 'primary',
  size = 'sm',
  isReady,
  isSending = false,
  initialFocus,
  returnsFocus,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const formId = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      isOpen
      onClose={isSending ? stay : onClose}
      size={size}
      initialFocus={initialFocus ?? button}
      {...(returnsFocus === undefined ? {} : { returnsFocus })}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose} disabled={isSending}>
            Cancel
          </Button>
          <Button ref={button} look={look} type="submit" form={formId} disabled={!isReady}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (isReady) onSubmit(new FormData(submitted.currentTarget));
        }}
        className="flex flex-col gap-3"
      >
        {children}
      </form>
    </Dialog>
  );
}

const stay = (): void => undefined;

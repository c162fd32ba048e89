import { useEffect, useId, useRef, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { Problem } from '../../ui/public/Problem.tsx';

export interface DeleteDialogProps {
  isOpen: boolean;
  address: string;
  onClose: () => void;
  /** What is wrong, or null. */
  onDelete: () => Promise<string | null>;
}

/** Asks once more. The browser's own modal dialog keeps the focus inside and gives it back. */
export function DeleteDialog({ isOpen, address, onClose, onDelete }: DeleteDialogProps) {
  const { manage } = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isDeleting, setDeleting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = (): void => {
    setProblem(null);
    onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={close}
      className="m-auto w-[calc(100vw-2rem)] max-w-lg rounded-lg border-0 bg-surface-1 p-6 text-text shadow-raised backdrop:bg-black/60"
    >
      <div className="flex flex-col gap-4">
        <h2 id={id} className="m-0 text-xl font-semibold">
          {manage.removeTitle}
        </h2>
        <p className="m-0 font-medium wrap-anywhere">{address}</p>
        <p className="m-0">{manage.removeText}</p>
        <Problem words={problem} />
        <div className="flex flex-wrap justify-end gap-3">
          <BigButton onClick={close}>{manage.cancel}</BigButton>
          <BigButton
            look="danger"
            disabled={isDeleting}
            onClick={() => {
              setDeleting(true);
              setProblem(null);
              void onDelete()
                .then(setProblem)
                .finally(() => setDeleting(false));
            }}
          >
            {manage.removeNow}
          </BigButton>
        </div>
      </div>
    </dialog>
  );
}

import type { Answer } from '@commonsight/types/answer';
import { Toaster, toast } from 'sonner';
import type { CallResult } from '../api/CallResult.ts';

interface ToastAction {
  label: string;
  onSelect: () => void;
}

/** Says what has been done, with at most one thing to do about it. */
export function tell(message: string, action?: ToastAction): void {
  toast(message, action === undefined ? {} : { action: { label: action.label, onClick: action.onSelect } });
}

/** Says what went wrong and what to do next. The same sentence is shown once, however often it comes. */
export function tellError(message: string, action?: ToastAction): void {
  toast.error(message, {
    id: message,
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.onSelect } }),
  });
}

/** Shows the error of an answer or a call, if it is one. Returns whether it succeeded. */
export function tellFailure<T>(outcome: Answer<T> | CallResult<T>): boolean {
  if ('ok' in outcome) {
    if (!outcome.ok) tellError(outcome.error.message);
    return outcome.ok;
  }
  if (outcome.state === 'failed') tellError(outcome.error.message);
  return outcome.state === 'ok';
}

export function ToastArea() {
  return (
    <Toaster
      theme="dark"
      position="bottom-center"
      offset={40}
      duration={5_000}
      visibleToasts={4}
      toastOptions={{
        style: {
          background: 'var(--color-surface-3)',
          border: '1px solid var(--color-line-strong)',
          color: 'var(--color-text)',
          fontFamily: 'var(--font-sans)',
          fontSize: 'var(--text-sm)',
        },
        actionButtonStyle: { background: 'var(--color-accent)', color: 'var(--color-surface-0)', fontWeight: 600 },
      }}
    />
  );
}

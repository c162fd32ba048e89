import type { Answer } from '@commonsight/types/answer';
import { lazy, Suspense } from 'react';
import type { CallResult } from '../api/CallResult.ts';

interface ToastAction {
  label: string;
  onSelect: () => void;
}

// Toasts come after something was done, so their code may come after the page.
const loadSonner = () => import('sonner');
const LazyToaster = lazy(async () => ({ default: (await loadSonner()).Toaster }));

/** The toast that stands for each subject. */
const newestOf = new Map<string, string | number>();

/**
 * Says what has been done, with at most one thing to do about it. Of one subject only the newest is shown: an older
 * "Undo" would take back something else than what it stands beside.
 */
export function tell(message: string, action?: ToastAction, subject?: string): void {
  void show(message, action, subject);
}

async function show(message: string, action?: ToastAction, subject?: string): Promise<void> {
  const { toast } = await loadSonner();
  const before = subject === undefined ? undefined : newestOf.get(subject);
  // Not the same toast with other words: one whose action was just pressed is on its way out, and they with it.
  if (before !== undefined) toast.dismiss(before);
  const id = toast(message, { action: actionOf(action).action });
  if (subject !== undefined) newestOf.set(subject, id);
}

/** Says what must be seen: it stays until somebody does it, or takes it away. Of one subject it is said once. */
export function announce(message: string, action: ToastAction, subject: string): void {
  void loadSonner().then(({ toast }) =>
    toast.warning(message, { id: subject, duration: Number.POSITIVE_INFINITY, closeButton: true, ...actionOf(action) }),
  );
}

/** Takes back what was announced, because it was dealt with elsewhere. */
export function takeBack(subject: string): void {
  void loadSonner().then(({ toast }) => toast.dismiss(subject));
}

/** Says what went wrong and what to do next. The same sentence is shown once, however often it comes. */
export function tellError(message: string, action?: ToastAction): void {
  void loadSonner().then(({ toast }) => toast.error(message, { id: message, ...actionOf(action) }));
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

function actionOf(action: ToastAction | undefined) {
  return action === undefined ? {} : { action: { label: action.label, onClick: action.onSelect } };
}

export function ToastArea() {
  return (
    <Suspense>
      <LazyToaster
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
    </Suspense>
  );
}

import { LockKeyhole } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { SignedIn } from '../app/SignedIn.ts';
import type { Me } from '@commonsight/types/user';
import { pageCoverMark } from '../ui/pageCover.ts';
import { UnlockForm } from './UnlockForm.tsx';

/**
 * Lies over the whole page while the session is locked. It is the browser's own modal dialog: what is beneath, with its
 * open dialogs and menus, stays as it is and can be reached neither by pointer nor by key.
 */
export function LockScreen({ signedIn, me }: { signedIn: SignedIn; me: Me }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    element.showModal();
    element.querySelector('input')?.focus();
    // Escape closes a modal dialog whatever is said to it, at the second time at the latest.
    const openAgain = (): void => (element.isConnected ? element.showModal() : undefined);
    const keepOpen = (cancelled: Event): void => cancelled.preventDefault();
    element.addEventListener('close', openAgain);
    element.addEventListener('cancel', keepOpen);
    return () => {
      element.removeEventListener('close', openAgain);
      element.removeEventListener('cancel', keepOpen);
      element.close();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      {...pageCoverMark}
      aria-labelledby="lock-title"
      className="m-0 size-full max-h-none max-w-none border-0 bg-surface-0 p-0 text-text backdrop:bg-surface-0"
    >
      <div className="flex h-full flex-col items-center overflow-y-auto bg-[radial-gradient(60rem_30rem_at_50%_20%,#10202d_0%,transparent_70%)] p-6">
        <div className="mt-auto flex flex-col items-center gap-2 text-center">
          <LockKeyhole className="size-9 text-muted" aria-hidden />
          <h1 id="lock-title" className="m-0 text-[1.5rem] leading-tight font-semibold tracking-tight">
            Locked
          </h1>
          <p className="m-0 text-base text-muted">
            {me.user.name}, {me.agency.name}
          </p>
        </div>
        <div className="my-6 w-full max-w-88 rounded-lg bg-surface-1 p-6 inset-ring inset-ring-line max-sm:p-4">
          <UnlockForm lock={signedIn.lock} session={me.session} onSignOut={() => void signedIn.signOut()} />
        </div>
        <p className="m-0 mb-auto max-w-88 text-center text-xs text-subtle">
          The wall stays as it is. Pictures go on when you are back.
        </p>
      </div>
    </dialog>,
    document.body,
  );
}

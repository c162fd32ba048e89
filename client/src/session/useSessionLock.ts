import { useEffect } from 'react';
import type { SignedIn } from '../app/SignedIn.ts';
import { ownSession } from '../state/session.ts';
import { tellFailure } from '../ui/toast.tsx';

const activities = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Reports that somebody is there, and locks with Ctrl+Shift+L, for as long as the page is shown. */
export function useSessionLock(signedIn: SignedIn): void {
  useEffect(() => {
    const note = (): void => void signedIn.lock.noteActivity();
    const handleKey = (pressed: KeyboardEvent): void => {
      const isLockKey = pressed.ctrlKey && pressed.shiftKey && pressed.key.toLowerCase() === 'l';
      if (!isLockKey || pressed.repeat) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      void lockNow(signedIn);
    };
    for (const name of activities) window.addEventListener(name, note, { capture: true, passive: true });
    window.addEventListener('keydown', handleKey, { capture: true });
    return () => {
      for (const name of activities) window.removeEventListener(name, note, { capture: true });
      window.removeEventListener('keydown', handleKey, { capture: true });
    };
  }, [signedIn]);
}

/** A wall display does not lock, and what is locked stays so. */
export async function lockNow(signedIn: SignedIn): Promise<void> {
  if (ownSession(signedIn.session.getState())?.locksAt === null) return;
  tellFailure(await signedIn.lock.lock());
}

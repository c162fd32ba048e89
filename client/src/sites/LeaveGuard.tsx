import { useBlocker } from '@tanstack/react-router';
import { FormDialog } from '../ui/FormDialog.tsx';

const sessionPages: readonly string[] = ['/sign-in', '/continue'];

/** Asks before the page is left, by whatever way, while something on it would be lost. */
export function LeaveGuard({ isHolding }: { isHolding: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    // Who is signed out, or has to prove anything first, is kept from what the page shows in any case.
    shouldBlockFn: ({ next }) => !sessionPages.includes(next.pathname) && isHolding(),
    enableBeforeUnload: isHolding,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <FormDialog
      title="Leave without saving?"
      description="New cameras on this page are not saved, and what was typed or read of them is lost."
      submitLabel="Leave"
      look="danger"
      isReady
      onSubmit={proceed}
      onClose={reset}
    />
  );
}

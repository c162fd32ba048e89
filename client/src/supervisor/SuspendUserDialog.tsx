import { routes } from '@commonsight/types/http/routes';
import type { User } from '@commonsight/types/user';
import { call } from '../api/call.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { tell } from '../ui/toast.tsx';

export interface SuspendUserDialogProps {
  user: User;
  onClose: () => void;
}

/** Stops somebody now: the account is disabled, and with it sessions and viewings end. */
export function SuspendUserDialog({ user, onClose }: SuspendUserDialogProps) {
  return (
    <ReasonDialog
      title={`Disable ${user.name}’s account?`}
      description="Every session and every picture of this user ends at once. An administrator can enable the account again."
      submitLabel="Disable user"
      reasonDescription="It stands in the audit log."
      ask={(note) => call(routes.suspendUser, { params: { id: user.id }, body: { note } })}
      onDone={() => {
        tell(`${user.name}’s account is disabled.`);
        onClose();
      }}
      onClose={onClose}
    />
  );
}

import type { Account } from '@commonsight/types/http/user-routes';
import { formatExactTime } from '../incident/format.ts';
import { OnceLinkDialog } from '../ui/OnceLinkDialog.tsx';

export interface InvitationLinkDialogProps {
  account: Account;
  link: string;
  endsAt: string;
  onClose: () => void;
}

/** The one time that an invitation's link is seen. */
export function InvitationLinkDialog({ account, link, endsAt, onClose }: InvitationLinkDialogProps) {
  return (
    <OnceLinkDialog
      title={`Link for ${account.name}`}
      description="It is shown this once. Give it to nobody else: who opens it first sets the password."
      link={link}
      hint={`Works once, until ${formatExactTime(endsAt)}. A lost link is replaced by a new one in the list.`}
      onClose={onClose}
    />
  );
}

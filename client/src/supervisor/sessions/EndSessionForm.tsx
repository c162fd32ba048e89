import { routes } from '@commonsight/types/http/routes';
import type { SupervisedSession } from '@commonsight/types/session-board';
import { call } from '../../api/call.ts';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { tell } from '../../ui/toast.tsx';

export interface EndSessionFormProps {
  session: SupervisedSession;
  onDone: () => void;
  onEnded: () => void;
}

/** Ends an operator's session. The reason is written into the audit log and told to the operator. */
export function EndSessionForm({ session: { id, user }, onDone, onEnded }: EndSessionFormProps) {
  return (
    <ReasonDialog
      title={`End the session of ${user.name}?`}
      description="Its pictures stop at once. The account stays enabled."
      submitLabel="End session"
      reasonDescription="The sign-in page says it with your name, and it stands in the audit log."
      ask={(note) => call(routes.endOperatorSession, { params: { id }, body: { note } })}
      onDone={() => {
        tell(`The session of ${user.name} has ended.`);
        onEnded();
      }}
      onClose={onDone}
    />
  );
}

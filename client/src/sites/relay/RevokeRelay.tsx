import { routes } from '@commonsight/types/http/routes';
import { call } from '../../api/call.ts';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { FormError } from '../../session/FormError.tsx';
import { relayRevoked } from '../../state/sites.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSend } from '../../ui/useSend.ts';

/** Asks once more before a relay is ended for good. */
export function RevokeRelay({ relay, onClose }: { relay: { id: string; name: string }; onClose: () => void }) {
  const { sites } = useWorkspace();
  const { isBusy, error, send } = useSend();
  const revoke = (): void =>
    void send(
      () => call(routes.revokeRelay, { params: { id: relay.id } }),
      (revoked) => {
        relayRevoked(sites, revoked);
        onClose();
      },
    );
  return (
    <FormDialog
      title={`Revoke ${relay.name}?`}
      description="Its streams and previews end now, its owner’s page reaches it no more, and it cannot come back: the device has to be enrolled anew."
      submitLabel="Revoke the relay"
      look="danger"
      isReady={!isBusy}
      isSending={isBusy}
      onSubmit={revoke}
      onClose={onClose}
    >
      <FormError>{error}</FormError>
    </FormDialog>
  );
}

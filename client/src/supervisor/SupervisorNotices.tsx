import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatCount } from '../incident/format.ts';
import { announce, takeBack } from '../ui/toast.tsx';

/**
 * On every page of who may approve: that somebody broke the glass, in the moment in which it happens, and that somebody
 * waits for an approval. What was told before this page was open stands in the inbox.
 */
export function SupervisorNotices() {
  const { signaling, me, breakGlass } = useWorkspace();
  const navigate = useNavigate();
  const purposeName = usePurposeName();
  useEffect(() => {
    const open = { label: 'Open', onSelect: () => void navigate({ to: '/supervisor' }) };
    // With how many cameras: when more are added, it is said again.
    const toldOf = new Map([...breakGlass.getState().byId.values()].map(({ id, cameraIds }) => [id, cameraIds.length]));
    const stops = [
      signaling.on('breakGlass:changed', ({ use }) => {
        if (use.user.id === me.user.id || use.state !== 'open') return;
        if ((toldOf.get(use.id) ?? 0) >= use.cameraIds.length) return;
        toldOf.set(use.id, use.cameraIds.length);
        announce(
          `${use.user.name} broke the glass: ${purposeName(use.purpose)}, #${use.incidentNumber}, ${formatCount(use.cameraIds.length, 'camera')}.`,
          open,
          `breakGlass ${use.id}`,
        );
      }),
      signaling.on('grantRequest:changed', ({ request }) => {
        if (request.user.id === me.user.id) return;
        // There the list itself shows it.
        const isInSight = window.location.pathname === '/supervisor';
        const subject = `grantRequest ${request.id}`;
        if (request.state !== 'requested') takeBack(subject);
        else if (!isInSight) {
          announce(
            `${request.user.name} asks for approval: ${purposeName(request.purpose)}, #${request.incidentNumber}.`,
            open,
            subject,
          );
        }
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [signaling, me, breakGlass, navigate, purposeName]);
  return null;
}

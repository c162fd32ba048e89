import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatClock } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { alertOfCamera } from '../state/alerts.ts';

/** On a camera that is shared during an alert: how long the owner shares it yet. */
export function AlertChip({ cameraId }: { cameraId: string }) {
  const { alerts, cameras } = useWorkspace();
  const camera = useStore(cameras, (state) => state.byId.get(cameraId));
  const state = useStore(alerts);
  const isOnAlert = camera?.sharingMode === 'onAlert' && state.byId.size > 0;
  return isOnAlert ? <Countdown cameraId={cameraId} /> : null;
}

function Countdown({ cameraId }: { cameraId: string }) {
  const { alerts, cameras } = useWorkspace();
  const serverNowMs = useServerNowMs();
  const camera = useStore(cameras, (state) => state.byId.get(cameraId));
  const alert = alertOfCamera(useStore(alerts), camera, serverNowMs);
  if (alert === null) return null;
  const left = formatClock(Date.parse(alert.until) - serverNowMs);
  return (
    <span
      title="The owner shares this camera during an alert."
      className="figures pointer-events-auto flex shrink-0 items-center self-stretch rounded-br-md border-l border-line bg-surface-0/90 px-2 text-xs font-semibold text-stale"
    >
      Alert {left}
    </span>
  );
}

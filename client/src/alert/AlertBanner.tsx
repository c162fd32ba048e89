import type { Alert } from '@commonsight/types/alert';
import { Siren, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatClock, formatTimeOfDay } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { isRunning } from '../state/alerts.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { isMuted, setMuted, soundAlert } from './alertSound.ts';
import { answerAlert } from './answerAlert.ts';

/** Alerts sounded before: one that is read again after a lost connection is not new. */
const sounded = new Set<string>();

/** Stands above whatever page is open while an owner's alert runs: where, how long, what responders should know. */
export function AlertBanner() {
  const { alerts } = useWorkspace();
  // Without an alert nothing here counts time.
  return useStore(alerts, (state) => state.byId.size > 0) ? <RunningAlerts /> : null;
}

function RunningAlerts() {
  const { alerts: store } = useWorkspace();
  const byId = useStore(store, (state) => state.byId);
  const serverNowMs = useServerNowMs();
  const running = [...byId.values()].filter((alert) => isRunning(alert, serverNowMs));
  const newIds = running.map(({ id }) => id).join(' ');
  useEffect(() => {
    const unheard = newIds.split(' ').filter((id) => id !== '' && !sounded.has(id));
    for (const id of unheard) sounded.add(id);
    if (unheard.length > 0) soundAlert();
  }, [newIds]);
  if (running.length === 0) return null;
  return (
    <section aria-label="Alerts of owners" className="max-h-[40vh] shrink-0 overflow-y-auto">
      {running.map((alert) => (
        <RunningAlert key={alert.id} alert={alert} leftMs={Date.parse(alert.until) - serverNowMs} />
      ))}
    </section>
  );
}

function RunningAlert({ alert, leftMs }: { alert: Alert; leftMs: number }) {
  const workspace = useWorkspace();
  const [isBusy, setBusy] = useState(false);
  const { siteName, siteAddress, note, sharedAt, incidentId } = alert;
  const mayAnswer = workspace.can('incident.create') && workspace.can('incident.edit');

  async function answer(): Promise<void> {
    setBusy(true);
    await answerAlert(workspace, alert);
    setBusy(false);
  }

  return (
    <div
      data-alert={alert.id}
      className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b-2 border-stale bg-surface-2 px-3 py-2"
    >
      <Siren className="mt-0.5 size-5 shrink-0 text-stale" aria-hidden />
      <div className="min-w-0 grow basis-72">
        <p role="alert" className="m-0 text-base break-words">
          <strong className="text-stale">Alert</strong> <strong>{siteName}</strong>
          <span className="text-muted">, {siteAddress}</span>
        </p>
        {note === '' ? null : <p className="m-0 break-words whitespace-pre-wrap">{note}</p>}
        <p className="figures m-0 text-muted">
          {sharedAt === null ? '' : `Since ${formatTimeOfDay(sharedAt)}. `}
          The owner shares cameras for another <span className="text-text">{formatClock(leftMs)}</span>.
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-2">
        <MuteButton />
        {mayAnswer ? (
          <Button look="primary" disabled={isBusy} onClick={() => void answer()}>
            {incidentId === null ? 'Make incident and show cameras' : 'Show cameras'}
          </Button>
        ) : incidentId === null ? (
          <span className="text-muted">No incident yet</span>
        ) : (
          <Button onClick={() => workspace.attention.setState({ selectedIncidentId: incidentId })}>
            Open incident
          </Button>
        )}
      </div>
    </div>
  );
}

function MuteButton() {
  const [isOff, setOff] = useState(isMuted);
  return (
    <IconButton
      label={isOff ? 'Let alerts sound' : 'Mute alerts'}
      onClick={() => {
        setMuted(!isOff);
        setOff(!isOff);
      }}
    >
      {isOff ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
    </IconButton>
  );
}

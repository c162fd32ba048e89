import type { Alert } from '@commonsight/types/alert';
import { useNavigate } from '@tanstack/react-router';
import { Siren, Volume2, VolumeX } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatClock, formatTimeOfDay } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { isRunning } from '../state/alerts.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { tell, tellError } from '../ui/toast.tsx';
import { alertEndWords } from './alertEndWords.ts';
import { isMuted, setMuted, soundAlert } from './alertSound.ts';
import { answerAlert, type Ways } from './answerAlert.ts';
import { callEveryMs, callingAlerts } from './callingAlerts.ts';
import { SiteCardDialog } from './SiteCardDialog.tsx';

/** Alerts sounded before: one that is read again after a lost connection is not new. */
const sounded = new Set<string>();

/** Stands above whatever page is open while an owner's alert runs: where, how long, what responders should know. */
export function AlertBanner() {
  const { alerts } = useWorkspace();
  const ended = useStore(alerts, (state) => state.ended);
  useEffect(() => {
    if (ended !== null) tell(`The alert at ${ended.siteName} is over. ${alertEndWords[ended.end ?? 'unknown']}`);
  }, [ended]);
  // Without an alert nothing here counts time.
  return useStore(alerts, (state) => state.byId.size > 0) ? <RunningAlerts /> : null;
}

function RunningAlerts() {
  const { alerts: store } = useWorkspace();
  const byId = useStore(store, (state) => state.byId);
  const serverNowMs = useServerNowMs();
  const [isOff, setOff] = useState(isMuted);
  const [isBlocked, setBlocked] = useState(false);
  const running = [...byId.values()].filter((alert) => isRunning(alert, serverNowMs));
  const newIds = running.map(({ id }) => id).join(' ');
  /** Those that somebody in this window has turned to. */
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const isCalling = callingAlerts(running, taken).length > 0;

  useEffect(() => {
    const unheard = newIds.split(' ').filter((id) => id !== '' && !sounded.has(id));
    for (const id of unheard) sounded.add(id);
    if (unheard.length > 0 && !isOff) void soundAlert().then((isHeard) => setBlocked(!isHeard));
  }, [newIds, isOff]);
  useEffect(() => {
    if (!isCalling || isOff) return undefined;
    const timer = window.setInterval(() => void soundAlert().then((isHeard) => setBlocked(!isHeard)), callEveryMs);
    return () => window.clearInterval(timer);
  }, [isCalling, isOff]);
  if (running.length === 0) return null;
  return (
    <section aria-label="Alerts of owners" className="flex max-h-[40vh] shrink-0 flex-col overflow-y-auto">
      {running.map((alert, at) => (
        <RunningAlert
          key={alert.id}
          alert={alert}
          leftMs={Date.parse(alert.until) - serverNowMs}
          onTaken={() => setTaken((before) => new Set(before).add(alert.id))}
        >
          {at > 0 ? null : (
            <>
              {isBlocked && !isOff ? (
                <Button onClick={() => void soundAlert().then((isHeard) => setBlocked(!isHeard))}>
                  Sound is blocked in this window: allow it
                </Button>
              ) : null}
              <IconButton
                label={isOff ? 'Let alerts sound' : 'Mute alerts'}
                onClick={() => {
                  setMuted(!isOff);
                  setOff(!isOff);
                }}
              >
                {isOff ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
              </IconButton>
            </>
          )}
        </RunningAlert>
      ))}
    </section>
  );
}

interface RunningAlertProps {
  alert: Alert;
  leftMs: number;
  /** Somebody has turned to it. */
  onTaken: () => void;
  /** What is there once for all of them. */
  children: ReactNode;
}

function RunningAlert({ alert, leftMs, onTaken, children }: RunningAlertProps) {
  const workspace = useWorkspace();
  const [isCardOpen, setCardOpen] = useState(false);
  const { siteName, siteAddress, note, sharedAt } = alert;
  const openCard = (): void => {
    onTaken();
    setCardOpen(true);
  };
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
      <div className="flex max-w-full shrink-0 flex-wrap items-center gap-2">
        {children}
        {workspace.can('siteCard.read') ? <Button onClick={openCard}>Site card</Button> : null}
        {isCardOpen ? <SiteCardDialog alert={alert} onClose={() => setCardOpen(false)} /> : null}
        <AnswerButton alert={alert} onTaken={onTaken} />
      </div>
    </div>
  );
}

function AnswerButton({ alert, onTaken }: { alert: Alert; onTaken: () => void }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const incident = useStore(workspace.incidents, (state) =>
    alert.incidentId === null ? undefined : state.byId.get(alert.incidentId),
  );
  const hasIncident = alert.incidentId !== null && (incident === undefined || incident.closedAt === null);
  const ways: Ways = {
    toConsole: () => navigate({ to: '/' }),
    toScreen: (wallId, screen) => navigate({ to: '/wall/$wallId', params: { wallId }, search: { screen } }),
  };

  async function answer(): Promise<void> {
    onTaken();
    setBusy(true);
    try {
      await answerAlert(workspace, alert, ways);
    } catch {
      tellError('The alert could not be answered. Try again.');
    } finally {
      setBusy(false);
    }
  }

  async function openIncident(): Promise<void> {
    workspace.attention.setState({ selectedIncidentId: alert.incidentId });
    if (workspace.wall.store.getState().state === 'none') await ways.toConsole();
  }

  if (workspace.can('incident.create') && workspace.can('incident.edit')) {
    return (
      <Button look="primary" disabled={isBusy} onClick={() => void answer()}>
        {hasIncident ? 'Show cameras' : 'Make incident and show cameras'}
      </Button>
    );
  }
  if (!hasIncident) return <span className="text-muted">A dispatcher makes the incident</span>;
  return <Button onClick={() => void openIncident()}>Open incident</Button>;
}

import type { Relay, Site } from '@commonsight/types/site';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Section } from '../../ui/Section.tsx';
import { NewCameras } from './NewCameras.tsx';
import { useSealing } from './useSealing.ts';

/** New cameras of a site's relay. Before anything is typed, a person has compared the key that it is sealed for. */
export function AddCameras({ site, relay, onSaved }: { site: Site; relay: Relay; onSaved: () => void }) {
  const sealing = useSealing(relay.id);
  if (sealing.state === 'reading') return <EmptyState title="Asking the relay for its key…" />;
  if (sealing.state === 'failed') {
    return (
      <EmptyState title="The relay takes no cameras now" action={<Button onClick={sealing.retry}>Try again</Button>}>
        {sealing.message} At the relay’s console cameras are added by relay camera import; whoever runs it allows this
        page by RELAY_CAMERAS_OVER_LINK=on.
      </EmptyState>
    );
  }
  if (sealing.state === 'unknown') {
    return (
      <Section
        title={sealing.isOther ? 'The relay’s key has changed' : 'Compare the relay’s key once'}
        description={
          sealing.isOther
            ? 'Another key was compared on this browser before. Go on only if you know why: the relay was set up anew, or somebody stands between you and it.'
            : 'Addresses and passwords are encrypted in this browser for the relay alone, and the server cannot read them. That holds when this is really the relay’s key.'
        }
      >
        <p className="m-0 mt-4 font-mono text-base wrap-anywhere" data-testid="fingerprint">
          {sealing.fingerprint}
        </p>
        <p className="mt-2 mb-4 text-muted">
          At the relay’s console: <code className="wrap-anywhere">relay camera fingerprint --folder DIR</code>
        </p>
        <Button look={sealing.isOther ? 'danger' : 'primary'} onClick={sealing.trust}>
          The relay prints the same
        </Button>
      </Section>
    );
  }
  const target = { relayId: relay.id, sealingPoint: sealing.sealingPoint };
  return <NewCameras key={sealing.sealingPoint} site={site} target={target} onSaved={onSaved} />;
}

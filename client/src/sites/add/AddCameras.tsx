import type { Relay, Site } from '@commonsight/types/site';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { relayCommand } from '../../ui/relayCommand.ts';
import { RelayCommand } from '../../ui/RelayCommand.tsx';
import { Section } from '../../ui/Section.tsx';
import { NewCameras } from './NewCameras.tsx';
import type { NewCamerasLists } from './NewCamerasLists.ts';
import { useSealing } from './useSealing.ts';

interface AddCamerasProps {
  site: Site;
  relay: Relay;
  lists: NewCamerasLists;
  onSaved: () => void;
}

/** New cameras of a site's relay. Before anything is typed, a person has compared the key that it is sealed for. */
export function AddCameras({ site, relay, lists, onSaved }: AddCamerasProps) {
  const [isAtConsole, setAtConsole] = useState(false);
  const sealing = useSealing(relay.id);
  const { position } = site;
  const listFor = (sealingPoint: string) =>
    lists.of({ siteId: site.id, position, target: { relayId: relay.id, sealingPoint } });
  if (isAtConsole) {
    return <NewCameras isAtConsole list={listFor('')} site={site} relayId={relay.id} onSaved={onSaved} />;
  }
  if (sealing.state === 'reading') return <EmptyState title="Asking the relay for its key…" />;
  if (sealing.state === 'failed') {
    return (
      <EmptyState
        title="The relay takes no cameras now"
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Button onClick={sealing.retry}>Try again</Button>
            <Button onClick={() => setAtConsole(true)}>Make records for the relay’s console</Button>
          </span>
        }
      >
        {sealing.message} Whoever runs the relay allows this page by RELAY_CAMERAS_OVER_LINK=on. Else make the cameras’
        records here and take the file with their ids to the relay’s console:{' '}
        {relayCommand('camera import --file cameras.csv')}.
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
          At the relay’s console:
          <RelayCommand act="camera fingerprint" />
        </p>
        <Button look={sealing.isOther ? 'danger' : 'primary'} onClick={sealing.trust}>
          The relay prints the same
        </Button>
      </Section>
    );
  }
  const { sealingPoint } = sealing;
  const list = listFor(sealingPoint);
  return <NewCameras key={sealingPoint} list={list} site={site} relayId={relay.id} onSaved={onSaved} />;
}

import { routes } from '@commonsight/types/http/routes';
import type { DiscoveredCamera } from '@commonsight/types/relay/camera-entry';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import { useSend } from '../../ui/useSend.ts';

interface DiscoveryProps {
  relayId: string;
  /** Those that are on the list already. */
  taken: ReadonlySet<string>;
  onAdd: (found: DiscoveredCamera) => void;
}

/** Cameras that answer on the relay's network, by ONVIF. Their addresses stay at the relay. */
export function Discovery({ relayId, taken, onAdd }: DiscoveryProps) {
  const [found, setFound] = useState<readonly DiscoveredCamera[] | null>(null);
  const { isBusy, error, send } = useSend();
  const look = (): void =>
    void send(
      () => call(routes.discoverCameras, { params: { id: relayId } }),
      ({ cameras }) => setFound(cameras),
    );
  const open = found?.filter((camera) => !camera.isKnown && !taken.has(camera.found)) ?? [];
  return (
    <Section
      title="Cameras on the relay’s network"
      description="The relay asks its network by ONVIF for some seconds. Names are the cameras’ own words."
      action={
        <Button look="primary" disabled={isBusy} onClick={look}>
          {isBusy ? 'Looking…' : 'Look for cameras'}
        </Button>
      }
    >
      <FormError>{error}</FormError>
      {found === null ? null : found.length === 0 ? (
        <p className="mb-0 text-muted">
          No camera answered. Those in another network segment are asked when the relay’s RELAY_DISCOVERY_TARGETS names
          them.
        </p>
      ) : (
        <>
          {open.length > 1 ? (
            <Button className="mt-3" onClick={() => open.forEach(onAdd)}>
              Add all {open.length}
            </Button>
          ) : null}
          <ul className="m-0 mt-3 max-h-80 list-none overflow-y-auto p-0">
            {found.map((camera, at) => (
              <li key={camera.found} className="flex flex-wrap items-center gap-3 border-t border-line py-2">
                <span className="min-w-48 flex-1 wrap-anywhere">
                  {camera.name === '' ? 'Camera without a name' : camera.name}
                  <span className="block text-xs text-muted">
                    {[camera.hardware, camera.location].filter(Boolean).join(', ')}
                  </span>
                </span>
                {camera.isKnown ? (
                  <span className="text-muted">The relay has it</span>
                ) : taken.has(camera.found) ? (
                  <span className="text-muted">On the list</span>
                ) : (
                  <Button
                    size="sm"
                    aria-label={`Add ${camera.name === '' ? `camera ${String(at + 1)}` : camera.name}`}
                    onClick={() => onAdd(camera)}
                  >
                    Add
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

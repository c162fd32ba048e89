import { routes } from '@commonsight/types/http/routes';
import type { Position } from '@commonsight/types/position';
import type { Site } from '@commonsight/types/site';
import { mostConfirmedAtOnce, type SiteCamera } from '@commonsight/types/site-camera';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { formatCount } from '../../incident/format.ts';
import { sectionsOf } from '../../sharing/sectionsOf.ts';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';
import { withChosen } from '../../ui/withChosen.ts';
import { CameraPlace } from './CameraPlace.tsx';

interface ToConfirmProps {
  site: Site;
  /** Those that are at the relay and that the agency has not confirmed. */
  cameras: readonly SiteCamera[];
  /** They are out of this list; whoever shows the others takes the focus. */
  onConfirmed: () => void;
  onChanged: () => void;
}

/** New cameras with their places, of which a person confirms those that were looked at. */
export function ToConfirm({ site, cameras, onConfirmed, onChanged }: ToConfirmProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** One map at a time: browsers draw few of them at once. */
  const [openId, setOpenId] = useState<string | null>(null);
  const { isBusy, error, send } = useSend();
  const wanted = cameras.flatMap(({ id }) => (chosen.has(id) ? [id] : [])).slice(0, mostConfirmedAtOnce);
  const unplaced = cameras.filter(({ position }) => isAt(position, site.position)).length;
  const sections = sectionsOf(cameras);

  const choose = (of: readonly SiteCamera[], isChosen: boolean): void =>
    setChosen(
      withChosen(
        chosen,
        of.map(({ id }) => id),
        isChosen,
      ),
    );

  const confirm = (): void =>
    void send(
      () => call(routes.confirmCameras, { params: { id: site.id }, body: { cameraIds: wanted } }),
      ({ cameras: confirmed }) => {
        const verb = confirmed.length === 1 ? 'is' : 'are';
        tell(`${formatCount(confirmed.length, 'camera')} ${verb} confirmed for the agency.`);
        setChosen(new Set());
        onConfirmed();
      },
    );

  return (
    <Section
      title={`${String(cameras.length)} ${cameras.length === 1 ? 'camera waits' : 'cameras wait'} for your confirmation`}
      description="Until then no operator sees them. Check name and place of each. They go live when their owner has confirmed them too."
      action={
        <Button look="primary" focusableWhenDisabled disabled={isBusy || wanted.length === 0} onClick={confirm}>
          Confirm the chosen ({wanted.length})
        </Button>
      }
    >
      <FormError>{error}</FormError>
      <p className="m-0 mt-2 text-muted">
        {unplaced === 0
          ? 'Each has a place of its own.'
          : `${String(unplaced)} of them ${unplaced === 1 ? 'stands' : 'stand'} at the site’s own place, because nobody has said another one.`}
      </p>
      <Choice
        label={`Choose all ${String(cameras.length)}`}
        isChosen={cameras.every(({ id }) => chosen.has(id))}
        onChosen={(isChosen) => choose(cameras, isChosen)}
      />
      <div className="max-h-150 overflow-y-auto">
        {sections.map(({ name, cameras: of }) => (
          <div key={name ?? ''}>
            {sections.length === 1 && name === null ? null : (
              <Choice
                label={`${name ?? 'Without a section'} (${String(of.length)})`}
                isChosen={of.every(({ id }) => chosen.has(id))}
                onChosen={(isChosen) => choose(of, isChosen)}
              />
            )}
            <ul className="m-0 list-none p-0">
              {of.map((camera) => (
                <li key={camera.id} className="border-t border-line py-1.5 pl-4 max-md:pl-0">
                  <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <Choice
                      label={`${String(camera.number)} ${camera.name}`}
                      isChosen={chosen.has(camera.id)}
                      onChosen={(isChosen) => choose([camera], isChosen)}
                    />
                    <span className="min-w-48 flex-1 text-muted">{placeWords(camera, site.position)}</span>
                    <Button
                      id={placeButtonId(camera.id)}
                      size="sm"
                      aria-expanded={openId === camera.id}
                      aria-label={`${openId === camera.id ? 'Fold' : 'Place'} ${camera.name}`}
                      onClick={() => setOpenId(openId === camera.id ? null : camera.id)}
                    >
                      {openId === camera.id ? 'Fold' : 'Place'}
                    </Button>
                  </div>
                  {openId === camera.id ? (
                    <CameraPlace
                      camera={camera}
                      site={site}
                      onSaved={() => {
                        setOpenId(null);
                        document.getElementById(placeButtonId(camera.id))?.focus();
                        onChanged();
                      }}
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  );
}

const placeButtonId = (cameraId: string): string => `place-${cameraId}`;

interface ChoiceProps {
  label: string;
  isChosen: boolean;
  onChosen: (isChosen: boolean) => void;
}

function Choice({ label, isChosen, onChosen }: ChoiceProps) {
  return (
    <label className="flex min-h-8 items-center gap-2 font-medium wrap-anywhere">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-accent"
        checked={isChosen}
        onChange={({ currentTarget }) => onChosen(currentTarget.checked)}
      />
      {label}
    </label>
  );
}

function isAt(one: Position, other: Position): boolean {
  return one.latitude === other.latitude && one.longitude === other.longitude;
}

function placeWords({ position, viewCone }: SiteCamera, ofSite: Position): string {
  const { latitude, longitude } = position;
  const place = isAt(position, ofSite) ? 'At the site’s place' : `At ${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const { bearingDegrees, angleDegrees, rangeMetres } = viewCone;
  return `${place}, looks to ${String(Math.round(bearingDegrees))}°, ${String(Math.round(angleDegrees))}° wide, ${String(Math.round(rangeMetres))} m far`;
}

import { routes } from '@commonsight/types/http/routes';
import type { Position } from '@commonsight/types/position';
import type { Site } from '@commonsight/types/site';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { PlaceMap } from '../../place/PlaceMap.tsx';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';
import { newSiteOf, ownTimeZone, positionOf, problemsOf, type SiteFields } from './siteFields.ts';
import { SiteZoneField } from './SiteZoneField.tsx';

export interface NewSiteDialogProps {
  /** Where the map opens. */
  centre: Position;
  onMade: (site: Site) => void;
  onClose: () => void;
}

/** Makes a site: a place with cameras, for which a relay is enrolled and an owner gets a link. */
export function NewSiteDialog({ centre, onMade, onClose }: NewSiteDialogProps) {
  const [fields, setFields] = useState<SiteFields>(() => ({
    name: '',
    address: '',
    latitude: '',
    longitude: '',
    timeZone: ownTimeZone(),
    isResidential: false,
  }));
  const [isChecked, setIsChecked] = useState(false);
  const [isMapShown, setMapShown] = useState(false);
  const start = useRef<HTMLInputElement>(null);
  const { isBusy, error, send } = useSend();
  const problems = isChecked ? problemsOf(fields) : {};
  const set = (change: Partial<SiteFields>): void => setFields((before) => ({ ...before, ...change }));

  const save = (): void => {
    setIsChecked(true);
    const site = newSiteOf(fields);
    if (site === null) return;
    void send(
      () => call(routes.createSite, { body: site }),
      (made) => {
        tell(`${made.name} is made.`);
        onMade(made);
      },
    );
  };
  return (
    <FormDialog
      title="New site"
      description="A site is a place with cameras. Next, a relay is enrolled there and its owner gets a link."
      submitLabel="Make the site"
      size="md"
      isReady={!isBusy}
      initialFocus={start}
      onSubmit={save}
      onClose={onClose}
    >
      <Field
        ref={start}
        label="Name"
        value={fields.name}
        error={problems.name ?? null}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <Field
        label="Address"
        value={fields.address}
        error={problems.address ?? null}
        onChange={({ currentTarget }) => set({ address: currentTarget.value })}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          label="Latitude"
          inputMode="decimal"
          value={fields.latitude}
          error={problems.latitude ?? null}
          onChange={({ currentTarget }) => set({ latitude: currentTarget.value })}
        />
        <Field
          label="Longitude"
          inputMode="decimal"
          value={fields.longitude}
          error={problems.longitude ?? null}
          onChange={({ currentTarget }) => set({ longitude: currentTarget.value })}
        />
      </div>
      {isMapShown ? (
        <PlaceMap
          position={positionOf(fields)}
          viewCone={null}
          centre={centre}
          area={null}
          onPlace={({ latitude, longitude }) => set({ latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) })}
        />
      ) : (
        <Button className="self-start" onClick={() => setMapShown(true)}>
          Point at it on the map
        </Button>
      )}
      <SiteZoneField
        value={fields.timeZone}
        error={problems.timeZone ?? null}
        onChange={(timeZone) => set({ timeZone })}
      />
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          checked={fields.isResidential}
          onChange={({ currentTarget }) => set({ isResidential: currentTarget.checked })}
          className="m-0 size-4 shrink-0 accent-accent"
        />
        It is a home: the policy says whether its live video may be watched
      </label>
      <FormError>{error}</FormError>
    </FormDialog>
  );
}

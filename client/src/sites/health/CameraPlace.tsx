import { routes } from '@commonsight/types/http/routes';
import { type ViewCone, viewConeSchema } from '@commonsight/types/position';
import type { Site } from '@commonsight/types/site';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { PlaceMap } from '../../place/PlaceMap.tsx';
import { ViewDial } from '../../place/ViewDial.tsx';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';

interface CameraPlaceProps {
  camera: SiteCamera;
  site: Site;
  onSaved: () => void;
}

/** What a camera is called, where it is and what it sees, on the map and in numbers. */
export function CameraPlace({ camera, site, onSaved }: CameraPlaceProps) {
  const [name, setName] = useState(camera.name);
  const [section, setSection] = useState(camera.section ?? '');
  const [position, setPosition] = useState(camera.position);
  const [bearingDegrees, setBearing] = useState(camera.viewCone.bearingDegrees);
  const [width, setWidth] = useState(String(camera.viewCone.angleDegrees));
  const [range, setRange] = useState(String(camera.viewCone.rangeMetres));
  const { isBusy, error, send } = useSend();
  const { angleDegrees, rangeMetres } = viewConeSchema.shape;
  const isWidthRight = width !== '' && angleDegrees.safeParse(Number(width)).success;
  const isRangeRight = range !== '' && rangeMetres.safeParse(Number(range)).success;
  const isRight = isWidthRight && isRangeRight && name.trim() !== '';
  const viewCone: ViewCone = {
    bearingDegrees,
    angleDegrees: isWidthRight ? Number(width) : camera.viewCone.angleDegrees,
    rangeMetres: isRangeRight ? Number(range) : camera.viewCone.rangeMetres,
  };
  const save = (): void => {
    const body = { name: name.trim(), section: section.trim() === '' ? null : section.trim(), position, viewCone };
    void send(
      () => call(routes.changeCamera, { params: { id: camera.id }, body }),
      () => {
        tell(`${name.trim()} is changed.`);
        onSaved();
      },
    );
  };
  return (
    <form
      noValidate
      className="mt-2 flex flex-col gap-3"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (isRight && !isBusy) save();
      }}
    >
      <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
        <Field
          label="Name"
          value={name}
          error={name.trim() === '' ? 'Give the name.' : null}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Field label="Section" value={section} onChange={({ currentTarget }) => setSection(currentTarget.value)} />
        <Field
          label="How wide it sees (degrees)"
          inputMode="numeric"
          value={width}
          error={isWidthRight ? null : 'Write 1 to 360 degrees.'}
          onChange={({ currentTarget }) => setWidth(currentTarget.value)}
        />
        <Field
          label="How far it sees (metres)"
          inputMode="numeric"
          value={range}
          error={isRangeRight ? null : 'Write 1 to 2000 metres.'}
          onChange={({ currentTarget }) => setRange(currentTarget.value)}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-4 max-md:grid-cols-1">
        <PlaceMap
          position={position}
          viewCone={viewCone}
          centre={site.position}
          area={null}
          onPlace={({ latitude, longitude }) =>
            setPosition({ latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) })
          }
        />
        <ViewDial
          bearingDegrees={Math.round(bearingDegrees) % 360}
          angleDegrees={viewCone.angleDegrees}
          onTurn={setBearing}
        />
      </div>
      <FormError>{error}</FormError>
      <Button type="submit" look="primary" className="self-start" disabled={isBusy || !isRight}>
        Save
      </Button>
    </form>
  );
}

import type { CameraCells, CameraColumn } from '@commonsight/types/relay/camera-file';
import { readRecordCells } from '@commonsight/types/relay/camera-file';
import type { Site } from '@commonsight/types/site';
import { PlaceMap } from '../../place/PlaceMap.tsx';
import { ViewDial } from '../../place/ViewDial.tsx';
import { Button } from '../../ui/Button.tsx';

interface LinePlaceProps {
  cells: CameraCells;
  site: Site;
  isShown: boolean;
  onShow: () => void;
  onChange: (change: Partial<Record<CameraColumn, string>>) => void;
}

/** Where the camera is and what it sees, on the map; the fields beside it say the same in numbers. */
export function LinePlace({ cells, site, isShown, onShow, onChange }: LinePlaceProps) {
  // Only the place is looked at: what else is wrong must not take the map away.
  const { record } = readRecordCells({ ...cells, name: 'C', section: '' }, site.position);
  if (!isShown) {
    return (
      <Button className="self-end justify-self-start" onClick={onShow}>
        Show on the map
      </Button>
    );
  }
  const viewCone = record?.viewCone ?? { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 30 };
  return (
    <div className="col-span-full grid grid-cols-[minmax(0,1fr)_auto] gap-4 max-md:grid-cols-1">
      <PlaceMap
        position={record?.position ?? site.position}
        viewCone={viewCone}
        centre={site.position}
        area={null}
        onPlace={({ latitude, longitude }) =>
          onChange({ latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) })
        }
      />
      <ViewDial
        bearingDegrees={Math.round(viewCone.bearingDegrees) % 360}
        angleDegrees={viewCone.angleDegrees}
        onTurn={(bearing) => onChange({ direction: String(bearing) })}
      />
    </div>
  );
}

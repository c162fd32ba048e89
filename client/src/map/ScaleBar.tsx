import { formatDistance } from '../incident/format.ts';
import { scaleOf } from './scaleOf.ts';

/** How long a hundred metres are here. */
export function ScaleBar({ latitude, zoom }: { latitude: number; zoom: number }) {
  const { metres, pixels } = scaleOf(latitude, zoom, 90);
  return (
    <div className="figures flex flex-col items-center text-2xs leading-3.5 text-muted" aria-hidden>
      {formatDistance(metres)}
      <div className="h-1 border-x border-b border-muted" style={{ width: pixels }} />
    </div>
  );
}

import type { MaskPoint } from '@commonsight/types/relay/masks';
import { useId, useRef, useState } from 'react';
import { BlobImage } from '../../ui/BlobImage.tsx';
import type { Messages } from '../../language/messages/messages.ts';
import { CornerHandle } from './CornerHandle.tsx';
import { inPicture, type MaskChange, type MaskDrawing } from './maskDrawing.ts';
import { pointIn } from './pointIn.ts';
import { stepOf } from './stepOf.ts';

interface MaskCanvasProps {
  still: Blob;
  name: string;
  drawing: MaskDrawing;
  words: Messages['masks'];
  onChange: (change: MaskChange) => void;
}

/** A still with masks over it. The whole picture is one button: pressed, it sets a corner there, by keys at its cross. */
export function MaskCanvas({ still, name, drawing, words, onChange }: MaskCanvasProps) {
  const picture = useRef<HTMLDivElement>(null);
  const help = useId();
  const [cross, setCross] = useState<MaskPoint>([0.5, 0.5]);
  const { masks, open } = drawing;
  const labelOf = (index: number, [x, y]: MaskPoint) => words.corner(index + 1, percent(x), percent(y));
  const openLabel = (index: number, point: MaskPoint) => {
    const label = words.ofOpen(labelOf(index, point));
    return index === 0 && open.length >= 3 ? words.closeByCorner(label) : label;
  };
  return (
    <>
      <p id={help} className="m-0 mt-2 text-muted">
        {words.help}
      </p>
      {/* Room for the half of a corner that lies over the picture's edge. */}
      <div className="mt-2 p-3">
        <div ref={picture} className="relative touch-pan-y select-none">
          <BlobImage blob={still} alt={words.still(name)} draggable={false} className="block w-full" />
          <svg
            viewBox="0 0 1 1"
            preserveAspectRatio="none"
            aria-hidden
            className="pointer-events-none absolute inset-0 size-full"
          >
            {masks.map((points, index) => (
              // Masks have no name of their own; their place is what they are.
              <polygon
                key={index}
                points={svgPoints(points)}
                fill="#404040"
                fillOpacity={0.85}
                stroke="white"
                strokeWidth={2}
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <polyline
              points={svgPoints(open)}
              fill="none"
              stroke="white"
              strokeWidth={2}
              strokeDasharray="6 4"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          <button
            type="button"
            aria-label={words.cross(percent(cross[0]), percent(cross[1]))}
            aria-describedby={help}
            className="group absolute inset-0 size-full cursor-crosshair border-0 bg-transparent p-0 -outline-offset-2"
            onClick={(pressed) => {
              // By a key it is pressed nowhere.
              const at = pressed.detail === 0 ? cross : pointIn(picture.current, pressed);
              setCross(at);
              onChange({ act: 'addCorner', at });
            }}
            onKeyDown={(pressed) => {
              const step = stepOf(pressed);
              if (step === null) return;
              pressed.preventDefault();
              setCross(inPicture([cross[0] + step[0], cross[1] + step[1]]));
            }}
          >
            <span
              aria-hidden
              style={{ left: `${cross[0] * 100}%`, top: `${cross[1] * 100}%` }}
              className="absolute hidden size-8 -translate-1/2 rounded-full border-2 border-white bg-black/40 group-focus-visible:block"
            />
          </button>
          {masks.map((points, mask) =>
            points.map((point, corner) => (
              <CornerHandle
                key={`${mask} ${corner}`}
                at={point}
                label={words.ofMask(mask + 1, labelOf(corner, point))}
                picture={picture}
                isOpen={false}
                onMove={(to) => onChange({ act: 'moveCorner', mask, corner, to })}
              />
            )),
          )}
          {open.map((point, corner) => (
            <CornerHandle
              key={corner}
              at={point}
              label={openLabel(corner, point)}
              picture={picture}
              isOpen
              onMove={(to) => onChange({ act: 'moveCorner', mask: null, corner, to })}
              {...(corner === 0 ? { onPress: () => onChange({ act: 'close' }) } : {})}
            />
          ))}
        </div>
      </div>
      <output className="sr-only">{words.cross(percent(cross[0]), percent(cross[1]))}</output>
    </>
  );
}

function percent(part: number): number {
  return Math.round(part * 100);
}

function svgPoints(points: readonly MaskPoint[]): string {
  return points.map(([x, y]) => `${x},${y}`).join(' ');
}

import { type CameraMasks, haveSameShape, type MaskPolygon, mostMaskPolygons } from '@commonsight/types/relay/masks';
import { useState } from 'react';
import { chosenLanguage } from '../../language/chosenLanguage.ts';
import { messages } from '../../language/messages/messages.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import type { OwnerKey } from '../ownerKey.ts';
import { MaskCanvas } from './MaskCanvas.tsx';
import { beginWith, type DrawingHistory, draw, emptyHistory, faultOf, type MaskChange, undo } from './maskDrawing.ts';
import { type Still, takeStill } from './takeStill.ts';

interface MaskEditorProps {
  secret: string;
  ownerKey: OwnerKey;
  camera: { id: string; name: string };
  /** Those that are in force or waiting to be saved. */
  masks: CameraMasks | undefined;
  /** Null: no masks any more. */
  onMasks: (masks: CameraMasks | null) => void;
  onClose: () => void;
}

/** Draws what is hidden of a camera on a still of it. Nothing holds before it is saved with the other changes. */
export function MaskEditor({ secret, ownerKey, camera, masks, onMasks, onClose }: MaskEditorProps) {
  const [language] = useState(chosenLanguage);
  const words = messages[language].masks;
  const [still, setStill] = useState<Still | null>(null);
  const [history, setHistory] = useState<DrawingHistory>(emptyHistory);
  const [isTaking, setTaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { now } = history;
  const isOtherShape = masks !== undefined && still !== null && !haveSameShape(masks, still);

  async function take(): Promise<void> {
    setTaking(true);
    setProblem(null);
    const taken = await takeStill(secret, ownerKey, camera.id);
    setTaking(false);
    if (typeof taken === 'string') setProblem(words.problems[taken]);
    else begin(taken);
  }

  function begin(taken: Still): void {
    setStill(taken);
    if (still === null) {
      if (masks !== undefined && haveSameShape(masks, taken)) setHistory(beginWith(masks.polygons));
    } else if (!haveSameShape(still, taken)) {
      // What was drawn on the picture before lies elsewhere on this one; one of the same shape is drawn on where it was left.
      setHistory(emptyHistory);
      setProblem(words.drawAnew);
    }
  }

  function change(next: MaskChange): void {
    const isFull = next.act === 'addCorner' && draw(history, next) === history;
    const isOfMasks = now.masks.length >= mostMaskPolygons;
    setProblem(isFull ? words.faults[isOfMasks ? 'manyMasks' : 'manyCorners'] : null);
    setHistory((before) => draw(before, next));
  }

  function apply(): void {
    const fault = now.masks.map((points) => faultOf(points)).findIndex((one) => one !== null);
    const found = now.masks[fault];
    if (now.open.length > 0) setProblem(words.stillOpen);
    else if (found !== undefined) setProblem(words.faultOf(fault + 1, words.faults[faultOf(found) ?? 'small']));
    else if (still !== null) {
      const { width, height } = still;
      const polygons = now.masks.map((points): MaskPolygon => [...points]);
      onMasks(polygons.length === 0 ? null : { width, height, polygons });
      onClose();
    }
  }

  return (
    <section
      lang={language}
      aria-label={words.title(camera.name)}
      className="mt-2 rounded-md bg-surface-2 p-3 text-base"
    >
      <p className="m-0 text-muted">{words.intro}</p>
      {still === null ? null : (
        <MaskCanvas still={still.jpeg} name={camera.name} drawing={now} words={words} onChange={change} />
      )}
      {isOtherShape ? <p className="m-0 mt-2 text-warn">{words.otherShape}</p> : null}
      {still === null ? null : (
        <ul className="m-0 mt-2 list-none p-0">
          {now.masks.length === 0 && now.open.length === 0 ? <li>{words.none}</li> : null}
          {now.masks.map((points, mask) => (
            <li key={mask} className="flex flex-wrap items-center gap-3">
              {words.mask(mask + 1, points.length)}
              <BigButton look="quiet" onClick={() => change({ act: 'removeMask', mask })}>
                {words.remove(mask + 1)}
              </BigButton>
            </li>
          ))}
          {now.open.length === 0 ? null : <li>{words.open(now.open.length)}</li>}
        </ul>
      )}
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {still === null ? null : (
          <>
            <BigButton disabled={now.open.length < 3} onClick={() => change({ act: 'close' })}>
              {words.close}
            </BigButton>
            <BigButton disabled={history.past.length === 0} onClick={() => setHistory(undo)}>
              {words.undo}
            </BigButton>
          </>
        )}
        <BigButton disabled={isTaking} onClick={() => void take()}>
          {isTaking ? words.taking : still === null ? words.take : words.takeAgain}
        </BigButton>
        {still === null ? null : (
          <BigButton look="primary" onClick={apply}>
            {words.use}
          </BigButton>
        )}
        <BigButton look="quiet" onClick={onClose}>
          {words.cancel}
        </BigButton>
      </div>
    </section>
  );
}

import type { Ledger } from '@commonsight/types/ledger';
import type { SharingDocument, SharingRule } from '@commonsight/types/relay/sharing';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import type { Condition } from '../health/conditionOf.ts';
import { ConditionLine } from './health/ConditionLine.tsx';
import { MaskEditor } from './masks/MaskEditor.tsx';
import { ModeSelect } from './ModeSelect.tsx';
import type { OwnerKey } from './ownerKey.ts';
import type { Refusal } from './refusalOf.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { policeSentence } from '../sharing/sharingWords.ts';

interface CameraSharingProps {
  secret: string;
  /** Null: this browser may look and not change. */
  ownerKey: OwnerKey | null;
  camera: Ledger['cameras'][number];
  /** What is shown in the fields: in force with the changes of this device. */
  shown: SharingDocument;
  nowMs: number;
  /** What holds at the relay; null while it does not say. */
  sentence: string;
  /** How it is; null while nobody knows. */
  condition: Condition | null;
  isChanged: boolean;
  /** Why what was changed of it cannot be saved; another one each time. */
  refusal: Refusal | null;
  isWatched: boolean;
  isChosen: boolean;
  /** No owner has said anything of it yet: also what holds for others has to be chosen for it. */
  isNew: boolean;
  onChosen: (isChosen: boolean) => void;
  onRule: (rule: SharingRule) => void;
  /** Null: nothing is hidden any more. */
  onMasks: (masks: CameraMasks | null) => void;
  /** Opens and closes what stands in `children`. */
  onPreview: (isOpen: boolean) => void;
  /** The preview, while it is open. */
  children: ReactNode;
}

/** One camera: what police can see of it now, and how the owner changes that. */
export function CameraSharing(props: CameraSharingProps) {
  const { camera, shown, sentence, condition, isChanged, refusal, isWatched, isChosen, isNew, ownerKey, nowMs } = props;
  const [isOpen, setOpen] = useState(false);
  const [isDrawing, setDrawing] = useState(false);
  const [shownRefusal, setShownRefusal] = useState<Refusal | null>(null);
  const refused = useRef<HTMLParagraphElement>(null);
  if (refusal !== shownRefusal) {
    setShownRefusal(refusal);
    if (refusal !== null) setOpen(true);
  }
  // Of a hundred cameras the one is far from the button that was pressed.
  useEffect(() => {
    if (refusal !== null) refused.current?.focus();
  }, [refusal]);
  const masksButton = useRef<HTMLButtonElement>(null);
  const masks = shown.masks?.[camera.id];
  const mayChange = ownerKey !== null;
  const rule = shown.cameras[camera.id] ?? shown.default;
  const times = rule.schedule.length + rule.dates.length;
  return (
    <li data-camera-id={camera.id} className="border-t border-line py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {mayChange ? (
          <label className="flex size-11 shrink-0 items-center justify-center">
            <input
              type="checkbox"
              className="size-5"
              checked={isChosen}
              aria-label={`Choose ${camera.name}`}
              onChange={({ target }) => props.onChosen(target.checked)}
            />
          </label>
        ) : null}
        <div className="min-w-48 flex-1">
          <p className="m-0 text-base font-semibold break-words">
            {camera.name}
            {isWatched ? <span className="text-stale"> · somebody looks now</span> : null}
          </p>
          <p data-testid="now" className="m-0 text-base text-muted">
            {sentence}
          </p>
          {condition === null ? null : <ConditionLine condition={condition} />}
          {refusal === null ? null : (
            <p ref={refused} role="alert" tabIndex={-1} className="m-0 text-base text-stale">
              Not saved. {refusal.words}
            </p>
          )}
          {isChanged ? (
            <p className="m-0 text-base text-warn">Not saved: {policeSentence(shown, camera.id, nowMs)}</p>
          ) : null}
        </div>
        {mayChange ? (
          <div className="flex flex-wrap gap-2">
            <ModeSelect
              label={`Mode of ${camera.name}`}
              value={isNew ? null : rule.mode}
              onChange={(mode) => props.onRule({ ...rule, mode })}
            />
            <BigButton
              aria-label={`Preview of ${camera.name}`}
              aria-expanded={props.children !== null}
              onClick={() => props.onPreview(props.children === null)}
            >
              Preview
            </BigButton>
            <BigButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              Times{times === 0 ? '' : ` (${times})`}
            </BigButton>
            <BigButton ref={masksButton} aria-expanded={isDrawing} onClick={() => setDrawing(!isDrawing)}>
              Masks{masks === undefined ? '' : ` (${masks.polygons.length})`}
            </BigButton>
          </div>
        ) : null}
      </div>
      {props.children}
      {isOpen ? (
        <RuleEditor name={camera.name} rule={rule} timeZone={shown.timeZone} nowMs={nowMs} onChange={props.onRule} />
      ) : null}
      {isDrawing && ownerKey !== null ? (
        <MaskEditor
          secret={props.secret}
          ownerKey={ownerKey}
          camera={camera}
          masks={masks}
          onMasks={props.onMasks}
          onClose={() => {
            setDrawing(false);
            masksButton.current?.focus();
          }}
        />
      ) : null}
    </li>
  );
}

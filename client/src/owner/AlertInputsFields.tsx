import type { Ledger } from '@commonsight/types/ledger';
import { type AlertInput, mostAlertInputs } from '@commonsight/types/relay/alert-input';
import { useId, useState } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import { fieldLook } from './inputLook.ts';

interface AlertInputsFieldsProps {
  inputs: readonly AlertInput[];
  cameras: Ledger['cameras'];
  onChange: (inputs: AlertInput[]) => void;
}

/** The buttons and sensors at the inputs of cameras that begin an alert, as a part of what the owner signs. */
export function AlertInputsFields({ inputs, cameras, onChange }: AlertInputsFieldsProps) {
  const hintId = useId();
  // From then on it is the person's to open and close.
  const [isOpenAtFirst] = useState(inputs.length > 0);
  const [first] = cameras;
  const change = (at: number, part: Partial<AlertInput>): void =>
    onChange(inputs.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <details className="mt-4" open={isOpenAtFirst}>
      <summary className="min-h-11 cursor-pointer content-center font-semibold">
        Buttons at your cameras ({inputs.length})
      </summary>
      <p id={hintId} className="m-0 text-muted">
        A panic button or sensor that is wired to a camera’s input begins an alert, also without the police’s server.
        For ten minutes after an alert it begins no other one: use this page or the relay’s console then. Press it once
        to try it, and cancel within five seconds.
      </p>
      {inputs.map((one, at) => (
        // They have no name of their own; their place is what they are.
        <fieldset key={at} className="m-0 mt-3 border-0 border-t border-line p-0 pt-2">
          <legend className="sr-only">Button {at + 1}</legend>
          <div className="flex flex-wrap items-end gap-3">
            <label className="block min-w-48 flex-1 font-semibold">
              Camera
              <select
                value={one.cameraId}
                onChange={({ target }) => change(at, { cameraId: target.value })}
                className={fieldLook}
              >
                {cameras.some(({ id }) => id === one.cameraId) ? null : (
                  <option value={one.cameraId}>A camera that is not here any more</option>
                )}
                {cameras.map(({ id, number, name }) => (
                  <option key={id} value={id}>
                    {number} {name}
                  </option>
                ))}
              </select>
            </label>
            <label className="block min-w-48 flex-1 font-semibold">
              Input, as the camera calls it
              <input
                defaultValue={one.input ?? ''}
                key={one.input}
                maxLength={64}
                placeholder="Any input"
                aria-describedby={hintId}
                onBlur={({ target }) => {
                  const input = target.value.trim() === '' ? null : target.value.trim();
                  if (input !== one.input) change(at, { input });
                }}
                className={fieldLook}
              />
            </label>
            <label className="block min-w-48 flex-1 font-semibold">
              It begins an alert when the contact
              <select
                value={one.startsWhen}
                onChange={({ target }) => change(at, { startsWhen: target.value === 'off' ? 'off' : 'on' })}
                className={fieldLook}
              >
                <option value="on">closes (on)</option>
                <option value="off">opens (off)</option>
              </select>
            </label>
            <BigButton
              look="quiet"
              aria-label={`Remove button ${at + 1}`}
              onClick={() => onChange(inputs.filter((_, index) => index !== at))}
            >
              Remove
            </BigButton>
          </div>
        </fieldset>
      ))}
      {first === undefined ? null : (
        <BigButton
          className="mt-3"
          disabled={inputs.length >= mostAlertInputs}
          onClick={() => onChange([...inputs, { cameraId: first.id, input: null, startsWhen: 'on' }])}
        >
          Add a button
        </BigButton>
      )}
    </details>
  );
}

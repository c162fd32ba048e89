import { exhausted } from '../../exhausted.ts';
import type { Position } from '@commonsight/types/position';
import { positionSchema } from '@commonsight/types/position';
import {
  type Contact,
  contactSchema,
  type RegistrationChange,
  type RegistrationDetails,
  registrationDetailsSchema,
  registrationChangeSchema,
} from '@commonsight/types/registration';
import type { Draft } from './Draft.ts';
import type { Step } from './Step.ts';

/** A typed number, with a point or a comma; null when it is none. */
export function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(',', '.').replace('−', '-');
  return /^-?\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

/** Where the pin is; null while there is none. */
export function positionOf(draft: Pick<Draft, 'latitude' | 'longitude'>): Position | null {
  const parsed = positionSchema.safeParse({
    latitude: numberOf(draft.latitude),
    longitude: numberOf(draft.longitude),
  });
  return parsed.success ? parsed.data : null;
}

/** As it is kept in a draft: a tenth of a metre is more than anybody can point at. */
export function placeOf({ latitude, longitude }: Position): Pick<Draft, 'latitude' | 'longitude'> {
  return { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) };
}

/** What the draft says of the camera, as the contract has it. Throws when `problemsOf` finds something. */
export function detailsOf(draft: Draft): RegistrationDetails {
  return registrationDetailsSchema.parse({
    kind: draft.kind,
    placement: draft.placement,
    address: draft.address,
    position: positionOf(draft),
    viewCone: viewConeOf(draft),
    covers: draft.covers,
    retentionDays: retentionOf(draft),
    recording: draft.recording,
    clockOffsetSeconds: draft.clockOffsetSeconds,
  });
}

/** Whom the draft names. Throws when `problemsOf` finds something. */
export function contactOf(draft: Draft): Contact {
  return contactSchema.parse({ name: draft.name, email: draft.email.trim(), phone: phoneOf(draft) });
}

/** What the answer to one question changes. Throws when `problemsOf` finds something. */
export function changeOf(step: Step, draft: Draft): RegistrationChange {
  return registrationChangeSchema.parse(changedFields(step, draft));
}

function changedFields(step: Step, draft: Draft): unknown {
  switch (step) {
    case 'kind':
    case 'placement':
    case 'recording':
    case 'covers':
      return { [step]: draft[step] };
    case 'place':
      return { address: draft.address, position: positionOf(draft) };
    case 'view':
      return { viewCone: viewConeOf(draft) };
    case 'retention':
      return { retentionDays: retentionOf(draft) };
    case 'clock':
      return { clockOffsetSeconds: draft.clockOffsetSeconds };
    case 'contact':
      return { contact: { name: draft.name, phone: phoneOf(draft) } };
    case 'agency':
    case 'summary':
      return {};
    default:
      return exhausted(step);
  }
}

/** Null where nobody knows; NaN for what is no number. */
export function retentionOf({ retentionDays, isRetentionUnknown }: Draft): number | null {
  return isRetentionUnknown ? null : (numberOf(retentionDays) ?? Number.NaN);
}

export function viewConeOf({ bearingDegrees, angleDegrees, rangeMetres }: Draft) {
  return { bearingDegrees, angleDegrees, rangeMetres };
}

function phoneOf({ phone }: Draft): string | null {
  return phone.trim() === '' ? null : phone;
}

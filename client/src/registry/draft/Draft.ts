import {
  type Coverage,
  coverageSchema,
  type OwnRegistration,
  placementSchema,
  recordingSchema,
  registrationKindSchema,
} from '@commonsight/types/registration';
import { z } from 'zod';

/**
 * What a registrant has entered so far. Typed fields stay text as they were typed, so that going back, a reload and a
 * mistake lose nothing.
 */
export const draftSchema = z.object({
  agency: z.string().nullable(),
  kind: registrationKindSchema.nullable(),
  placement: placementSchema.nullable(),
  address: z.string(),
  /** Degrees, WGS 84; both from the map or typed. */
  latitude: z.string(),
  longitude: z.string(),
  bearingDegrees: z.number(),
  angleDegrees: z.number(),
  rangeMetres: z.number(),
  covers: z.array(coverageSchema),
  retentionDays: z.string(),
  isRetentionUnknown: z.boolean(),
  recording: recordingSchema.nullable(),
  /** Null until the question about the clock is answered. */
  clockOffsetSeconds: z.number().nullable(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  /** The hash of the terms that the box was ticked for. */
  agreedHash: z.string().nullable(),
});

export type Draft = z.infer<typeof draftSchema>;

export const emptyDraft: Draft = {
  agency: null,
  kind: null,
  placement: null,
  address: '',
  latitude: '',
  longitude: '',
  bearingDegrees: 0,
  angleDegrees: 90,
  rangeMetres: 30,
  covers: [],
  retentionDays: '',
  isRetentionUnknown: false,
  recording: null,
  clockOffsetSeconds: null,
  name: '',
  email: '',
  phone: '',
  agreedHash: null,
};

/** A registration as the same questions show it, for changing an answer. */
export function draftOf(registration: OwnRegistration): Draft {
  const { contact, position, viewCone } = registration;
  return {
    ...emptyDraft,
    ...viewCone,
    kind: registration.kind,
    placement: registration.placement,
    address: registration.address,
    latitude: String(position.latitude),
    longitude: String(position.longitude),
    covers: registration.covers,
    retentionDays: registration.retentionDays === null ? '' : String(registration.retentionDays),
    isRetentionUnknown: registration.retentionDays === null,
    recording: registration.recording,
    clockOffsetSeconds: registration.clockOffsetSeconds,
    name: contact.name,
    email: contact.email,
    phone: contact.phone ?? '',
  };
}

/** The list with the choice put in or taken out, in the contract's order. */
export function toggled(covers: readonly Coverage[], choice: Coverage): Coverage[] {
  return coverageSchema.options.filter((option) => covers.includes(option) !== (option === choice));
}

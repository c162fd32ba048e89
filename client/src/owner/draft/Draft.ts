import { alertSettingsSchema } from '@commonsight/types/relay/alert';
import { alertInputSchema } from '@commonsight/types/relay/alert-input';
import { cameraMasksSchema } from '@commonsight/types/relay/masks';
import { keptDaysSchema, sharingRuleSchema } from '@commonsight/types/relay/sharing';
import { uploadSettingsSchema } from '@commonsight/types/relay/upload';
import { z } from 'zod';

/** What was changed on this device and is not saved: of each camera alone, so that it fits whatever is in force meanwhile. */
export const draftSchema = z.object({
  timeZone: z.string().nullable(),
  cameras: z.record(z.string(), sharingRuleSchema),
  /** New cameras that the owner confirms, each with the entry that the owner saw. */
  confirmed: z.record(z.string(), z.string()).default({}),
  /** Null: as it was. Drafts of earlier versions have none. */
  alert: alertSettingsSchema.nullable().default(null),
  /** All masks of a camera from now on; null lifts them. */
  masks: z.record(z.string(), cameraMasksSchema.nullable()).default({}),
  /** Null: as they were. */
  inputs: z.array(alertInputSchema).nullable().default(null),
  /** Null: as it was; `none`: without a limit. */
  upload: uploadSettingsSchema.or(z.literal('none')).nullable().default(null),
  /** Null: as it was; `none`: not said any more. */
  keptDays: keptDaysSchema.or(z.literal('none')).nullable().default(null),
});

export type Draft = z.infer<typeof draftSchema>;

export const emptyDraft: Draft = {
  timeZone: null,
  cameras: {},
  confirmed: {},
  alert: null,
  masks: {},
  inputs: null,
  upload: null,
  keptDays: null,
};

/** Both drafts; where both change the same the later one holds. */
export function joinDrafts(earlier: Draft, later: Draft): Draft {
  return {
    timeZone: later.timeZone ?? earlier.timeZone,
    cameras: { ...earlier.cameras, ...later.cameras },
    confirmed: { ...earlier.confirmed, ...later.confirmed },
    alert: later.alert ?? earlier.alert,
    inputs: later.inputs ?? earlier.inputs,
    upload: later.upload ?? earlier.upload,
    keptDays: later.keptDays ?? earlier.keptDays,
    masks: { ...earlier.masks, ...later.masks },
  };
}

/** To confirm a new camera is no change of its own: it goes with the camera's rule. */
export function countChanges({ cameras, masks, timeZone, alert, inputs, upload, keptDays }: Draft): number {
  const others: Omit<Draft, 'cameras' | 'masks' | 'confirmed'> = { timeZone, alert, inputs, upload, keptDays };
  const ofCameras = Object.keys(cameras).length + Object.keys(masks).length;
  return ofCameras + Object.values(others).filter((other) => other !== null).length;
}

/** What of the draft is not in what was saved: changes that were made while the relay answered. */
export function withoutSaved(draft: Draft, saved: Draft): Draft {
  return {
    timeZone: draft.timeZone === saved.timeZone ? null : draft.timeZone,
    confirmed: leftOf(draft.confirmed, saved.confirmed),
    alert: draft.alert === saved.alert ? null : draft.alert,
    cameras: leftOf(draft.cameras, saved.cameras),
    masks: leftOf(draft.masks, saved.masks),
    inputs: draft.inputs === saved.inputs ? null : draft.inputs,
    upload: draft.upload === saved.upload ? null : draft.upload,
    keptDays: draft.keptDays === saved.keptDays ? null : draft.keptDays,
  };
}

/** Of each camera's. What is changed is replaced: the same one was saved. */
function leftOf<T>(current: Readonly<Record<string, T>>, saved: Readonly<Record<string, T>>): Record<string, T> {
  const isLeft = ([id, value]: [string, T]) => !Object.hasOwn(saved, id) || value !== saved[id];
  return Object.fromEntries(Object.entries(current).filter(isLeft));
}

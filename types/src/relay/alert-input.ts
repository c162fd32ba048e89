import { z } from 'zod';
import { idSchema } from '../ids.ts';

/** A digital input of a camera, such as a panic button at its terminals, that the owner lets begin an alert. */
export const alertInputSchema = z.strictObject({
  cameraId: idSchema,
  /** As the camera calls the input; null for any of its inputs. */
  input: z.string().trim().min(1).max(64).nullable(),
  /** `on`: when the contact closes, as most cameras tell it; `off`: when it opens, as of buttons that break a circuit. */
  startsWhen: z.enum(['on', 'off']),
});

export type AlertInput = z.infer<typeof alertInputSchema>;

/** Each camera with one is asked all the time. */
export const mostAlertInputs = 16;

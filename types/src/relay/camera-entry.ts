import { z } from 'zod';
import { streamKindSchema } from '../stream-kind.ts';
import { cameraFaultSchema } from '../health.ts';
import { idSchema, momentSchema } from '../ids.ts';

/**
 * How an entry is sealed: HPKE (RFC 9180), base mode, with DHKEM(P-256), HKDF-SHA256 and AES-256-GCM, this text and the
 * relay's id as `info`. Every browser has these by itself.
 */
export function sealingInfo(relayId: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`commonsight-camera-v1\n${relayId}`);
}

/** The relay's public key for sealing: an uncompressed point of P-256, 65 bytes in base64url. */
export const sealingPointSchema = z.base64url().length(87);

/** The encapsulated key (65 bytes) and the ciphertext, one behind the other in base64url. Nobody but the relay opens it. */
export const sealedCameraSchema = z.base64url().min(120).max(12_000);

/** Bytes of the encapsulated key at the beginning of what is sealed. */
export const encapsulatedKeyBytes = 65;

/** For so long a sealed entry is taken, in milliseconds; afterwards a kept copy of it is worth nothing. */
export const sealedCameraLifeMs = 86_400_000;

/** Nothing that could end a request line or a header. */
const word = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'It has spaces or other characters that an address cannot have.');
export const cameraHostSchema = word.max(253);
export const cameraPathSchema = word.regex(/^\//, 'It begins with a slash.');
export const cameraPortSchema = z.int().min(1).max(65_535);

/** A word of a device about itself. */
const deviceWord = z.string().max(80);

/** What a person says of a camera that is new to the relay. It travels sealed. */
export const newCameraSchema = z.strictObject({
  sealedAt: momentSchema,
  /** The camera as it was discovered, or where it is. */
  at: z.discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('discovery'),
      found: idSchema,
      /** What the person was shown of it, so that a password is for no other device; older pages do not say it. */
      shownAs: z.strictObject({ name: deviceWord, hardware: deviceWord, location: deviceWord }).optional(),
    }),
    /** Its streams are asked of the camera over ONVIF at `port`, 80 unless given. */
    z.strictObject({ by: z.literal('onvif'), host: cameraHostSchema, port: cameraPortSchema.default(80) }),
    z.strictObject({
      by: z.literal('hand'),
      host: cameraHostSchema,
      port: cameraPortSchema.default(554),
      streams: z
        .strictObject({ main: cameraPathSchema.optional(), sub: cameraPathSchema.optional() })
        .refine(({ main, sub }) => main !== undefined || sub !== undefined, 'It needs the path of a stream.'),
    }),
  ]),
  username: z.string().max(200).optional(),
  password: z.string().max(200).optional(),
  transport: z.enum(['tcp', 'udp', 'auto']).default('auto'),
});

export type NewCamera = z.output<typeof newCameraSchema>;

/** A camera that answered on the relay's network. Where it is stays with the relay: it goes by `found` for an hour. */
export const discoveredCameraSchema = z.object({
  found: idSchema,
  /** As the camera calls itself; nobody vouches for it. */
  name: deviceWord,
  hardware: deviceWord,
  location: deviceWord,
  /** The relay has an entry for this address already. */
  isKnown: z.boolean(),
});

export type DiscoveredCamera = z.infer<typeof discoveredCameraSchema>;

export const mostDiscoveredCameras = 200;

/** What to do about a camera. `text` is the relay's English sentence for it. */
export const cameraAdviceSchema = z.object({
  code: z.enum([
    'unusable',
    'setKeyFrameInterval',
    'useH264',
    'turnOffBFrames',
    'setClock',
    'clockUnknown',
    'lowerFrameRate',
    'raiseFrameRate',
    'lowerBitRate',
    'repeatParameterSets',
    'addSubStream',
  ]),
  kind: streamKindSchema.nullable(),
  text: z.string().max(300),
});

export type CameraAdvice = z.infer<typeof cameraAdviceSchema>;

/** What a stream was measured to be while it was played for some seconds. */
export const measuredStreamSchema = z.object({
  kind: streamKindSchema,
  codec: z.enum(['H264', 'H265', 'other']).nullable(),
  /** Pixels; null when the stream did not tell. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  framesPerSecond: z.number().nonnegative().nullable(),
  /** Seconds between two key frames by the camera's clock; null when no two were seen. */
  keyFrameSeconds: z.number().nonnegative().nullable(),
  /** Whether SPS and PPS come before each key frame, and not in the description alone; null when no key frame was seen. */
  repeatsParameterSets: z.boolean().nullable(),
  hasBFrames: z.boolean(),
  transport: z.enum(['tcp', 'udp']).nullable(),
  kilobitsPerSecond: z.number().nonnegative().nullable(),
  /** How long it was played, in seconds. */
  seconds: z.number().nonnegative(),
  fault: z.object({ code: cameraFaultSchema, message: z.string().max(300) }).nullable(),
});

export type MeasuredStream = z.infer<typeof measuredStreamSchema>;

export const cameraReportSchema = z.object({
  /** Every stream gives a picture that browsers show. Only then it can be saved. */
  isUsable: z.boolean(),
  streams: z.array(measuredStreamSchema).max(2),
  /** How far the camera's clock is ahead of the relay's, in seconds; null when it does not tell. */
  clockErrorSeconds: z.number().nullable(),
  device: z
    .object({ manufacturer: z.string().max(80), model: z.string().max(80), firmware: z.string().max(80) })
    .nullable(),
  /** Why no stream was even tried. */
  fault: z.object({ code: cameraFaultSchema, message: z.string().max(300) }).nullable(),
  advice: z.array(cameraAdviceSchema).max(20),
});

export type CameraReport = z.infer<typeof cameraReportSchema>;

import { z } from 'zod';

/**
 * Shapes that belong to mediasoup. They are checked for what this project relies on and otherwise passed on as they
 * are, because mediasoup checks them itself and adds fields between versions.
 */
export const rtpParametersSchema = z.looseObject({
  codecs: z.array(z.looseObject({ mimeType: z.string(), payloadType: z.int(), clockRate: z.int() })).max(8),
  headerExtensions: z
    .array(z.looseObject({ uri: z.string(), id: z.int() }))
    .max(16)
    .optional(),
  encodings: z
    .array(z.looseObject({ ssrc: z.int().optional() }))
    .max(4)
    .optional(),
});

export const rtpCapabilitiesSchema = z.looseObject({
  codecs: z
    .array(z.looseObject({ mimeType: z.string(), kind: z.string() }))
    .max(64)
    .optional(),
  headerExtensions: z
    .array(z.looseObject({ uri: z.string() }))
    .max(64)
    .optional(),
});

export const srtpParametersSchema = z.object({
  cryptoSuite: z.literal('AEAD_AES_256_GCM'),
  keyBase64: z.string().max(200),
});

export const dtlsParametersSchema = z.looseObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(z.looseObject({ algorithm: z.string(), value: z.string() }))
    .min(1)
    .max(10),
});

export const iceParametersSchema = z.looseObject({ usernameFragment: z.string(), password: z.string() });

export const iceCandidateSchema = z.looseObject({
  foundation: z.string(),
  priority: z.number(),
  ip: z.string().optional(),
  address: z.string().optional(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.int(),
  type: z.string(),
});

/** What a browser needs to make its side of a WebRTC transport. */
export const webRtcTransportSchema = z.object({
  id: z.string(),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema),
  dtlsParameters: dtlsParametersSchema,
});

/** What a browser needs to make its side of a consumer. */
export const consumerParametersSchema = z.object({
  id: z.string(),
  producerId: z.string(),
  kind: z.enum(['video', 'audio']),
  rtpParameters: rtpParametersSchema,
});

export type SrtpParametersWire = z.infer<typeof srtpParametersSchema>;

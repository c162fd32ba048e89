import type { types } from 'mediasoup';

/**
 * What a router carries. One H264 profile for all: mediasoup compares profiles strictly and browsers decode the others
 * under this one's name, so the relay declares 42e01f whatever the camera says.
 */
export const routerCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

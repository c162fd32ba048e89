import { expect, it } from 'vitest';
import type { z } from 'zod';
import { fieldsOf } from '../testing/fieldsOf.ts';
import { enrolRequestSchema, relayHelloSchema } from './enrolment.ts';
import { relayNotifications, relayQuestions, relayRequests } from './relay-link.ts';
import { grantClaimsSchema, signedGrantSchema } from './signed-grant.ts';

/** How a field is called that could carry the way to a camera, or what opens it. */
const suspicious = /address|host|\bip\b|url|uri|path|user|login|password|passphrase|credential|secret|token|key/i;

/** What is called like that and is no camera's. */
const known = [
  'camera:test.response.report.streams[].keyFrameSeconds',
  'enrolRequest.publicKey',
  'log:introduce.request.witnessKey',
  'log:introduce.response.logKey',
  'owner:pair.request.ownerKey',
  'owner:pair.response.relayKey',
  'preview:start.request.uplink.address',
  'preview:start.request.uplink.srtpParameters.keyBase64',
  'preview:start.response.rtpParameters.headerExtensions[].uri',
  'preview:start.response.srtpParameters.keyBase64',
  'sharing:offer.response.ownerKeys',
  'sharing:offer.response.ownerKeys[]',
  'sharing:tell.request.ownerKeys',
  'sharing:tell.request.ownerKeys[]',
  'stream:start.request.uplink.address',
  'stream:start.request.uplink.srtpParameters.keyBase64',
  'stream:start.response.rtpParameters.headerExtensions[].uri',
  'stream:start.response.srtpParameters.keyBase64',
];

it('no message between server and relay has a field for the address or the password of a camera', () => {
  const messages: Record<string, z.ZodType> = {
    enrolRequest: enrolRequestSchema,
    relayHello: relayHelloSchema,
    signedGrant: signedGrantSchema,
    grantClaims: grantClaimsSchema,
    ...relayNotifications,
  };
  for (const [name, { request, response }] of Object.entries({ ...relayRequests, ...relayQuestions })) {
    messages[`${name}.request`] = request;
    messages[`${name}.response`] = response;
  }
  const paths = Object.entries(messages).flatMap(([name, schema]) => fieldsOf(schema, name).map(({ path }) => path));
  const found = new Set(paths.filter((path) => suspicious.test(path.slice(path.lastIndexOf('.') + 1))));
  expect([...found].toSorted()).toEqual(known);
  expect(paths.length).toBeGreaterThan(60);
});

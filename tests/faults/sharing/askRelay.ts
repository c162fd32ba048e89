import { randomUUID } from 'node:crypto';
import { answerSchema } from '@commonsight/types/answer';
import type { SignedGrant } from '@commonsight/types/relay/signed-grant';
import type { SignedSharing } from '@commonsight/types/relay/sharing';
import { z } from 'zod';
import type { ServerSocket } from './ServerSocket.ts';
import type { SharingStage } from './SharingStage.ts';

/** What the relay's answer is counted as when it did what was asked. */
export const taken = 'taken';

const answer = answerSchema(z.unknown());

/** Asks as a server does that keeps to nothing; answers `taken` or the code of the refusal. */
export async function askRelay(stage: SharingStage, name: string, request: unknown): Promise<string> {
  const parsed = answer.parse(await stage.relay.server.askRaw(name, request));
  return parsed.ok ? taken : parsed.error.code;
}

export interface Start {
  readonly cameraId: string;
  readonly grants: readonly SignedGrant[];
  readonly streamId?: string;
  readonly kind?: string;
}

/** Asks for a stream to a socket, and with it for any packet. */
export function askStart(stage: SharingStage, socket: ServerSocket, start: Start): Promise<string> {
  const { cameraId, grants, streamId = randomUUID(), kind = 'sub' } = start;
  return askRelay(stage, 'stream:start', { streamId, cameraId, kind, uplink: socket.target(), grants });
}

export function askOffer(stage: SharingStage, signed: SignedSharing): Promise<string> {
  return askRelay(stage, 'sharing:offer', { signed });
}

export async function askStop(stage: SharingStage, streamId: string): Promise<void> {
  await stage.relay.server.ask('stream:stop', { streamId });
}

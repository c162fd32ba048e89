import { logRoutes } from '@commonsight/types/http/log-routes';
import { type OpenedCheckpoint, openCheckpoint } from 'commonsight-verify/checkpoint';
import { parseVerifierKey, type VerifierKey } from 'commonsight-verify/note';
import { type Tile, tilePath } from 'commonsight-verify/tiles';
import { call } from '../api/call.ts';

/** The log cannot be read; the sentence is for the auditor. */
export class LogUnreadable extends Error {
  override name = 'LogUnreadable';
}

/** The key that the server says is the log's. An auditor compares it with the one that was published. */
export async function readLogKey(agencyId: string): Promise<{ text: string; key: VerifierKey }> {
  const result = await call(logRoutes.getLogKey, { query: { log: agencyId } });
  if (result.state !== 'ok') throw new LogUnreadable("The log's key cannot be read.");
  return { text: result.value.verifierKey, key: parseVerifierKey(result.value.verifierKey) };
}

/** The last head of the log; throws unless the key has signed it. */
export async function readCheckpoint(agencyId: string, key: VerifierKey): Promise<OpenedCheckpoint> {
  const bytes = await readFile(`/api/log/${agencyId}/checkpoint`);
  return openCheckpoint(new TextDecoder().decode(bytes), { log: [key] });
}

export function readTileFile(agencyId: string, tile: Tile): Promise<Uint8Array> {
  return readFile(`/api/log/${agencyId}/${tilePath(tile)}`);
}

async function readFile(address: string): Promise<Uint8Array> {
  const answer = await fetch(address, { credentials: 'same-origin' }).catch(() => null);
  if (answer?.ok !== true) throw new LogUnreadable('The server does not give out this part of the log.');
  return new Uint8Array(await answer.arrayBuffer());
}

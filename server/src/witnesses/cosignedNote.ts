import { addSignatures, parseNote } from 'commonsight-verify/note';
import type { Db } from '../db/Database.ts';
import { listCosignedNotes } from './witnessRepository.ts';

/** C2SP has readers take 16 signatures at least, and one is the log's. All witnesses stand in `witnesses`. */
const mostCosignatures = 15;

/** A checkpoint with the cosignatures of the relays that have cosigned this very one. */
export async function cosignedNote(
  db: Db,
  logId: string,
  { size, note }: { size: number; note: string },
): Promise<string> {
  // The server's own log is nobody's to witness.
  if (logId === 'server') return note;
  const { text } = parseNote(note);
  const cosigned = await listCosignedNotes(db, logId, size, mostCosignatures);
  const lines = cosigned
    .map(parseNote)
    .filter((other) => other.text === text)
    .flatMap(({ signatures }) => signatures.slice(-1));
  return lines.length === 0 ? note : addSignatures(note, ...lines);
}

import { createHash } from 'node:crypto';
import type { Witness, WitnessAlarm } from '@commonsight/types/witness';
import { openCheckpoint } from 'commonsight-verify/checkpoint';
import { formatNote, NoteError, parseNote, parseVerifierKey, type VerifierKey } from 'commonsight-verify/note';
import type { Access } from '../access/Access.ts';
import type { Actor, RelayActor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { LogSigner } from '../audit/LogSigner.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { Notices } from '../notices.ts';
import { TokenBuckets } from '../signaling/TokenBuckets.ts';
import {
  findCheckpointNote,
  findWitness,
  listLastCosignatures,
  listWitnessRows,
  saveCosignature,
  saveWitness,
  type WitnessRow,
} from './witnessRepository.ts';

/** A relay has no reason to say more; each costs a line, or signatures to check. */
const changeLimit = { burst: 6, perSecond: 1 / 10 };
const cosignLimit = { burst: 6, perSecond: 1 };
/** A cosignature says when its witness saw the checkpoint: a clock that is far off says nothing. */
const mostClockErrorMs = 10 * 60 * 1_000;

/** Relays as witnesses of their agency's log: who they are, what they have cosigned, and what they raise. */
export class Witnesses {
  readonly #db: Db;
  readonly #access: Access;
  readonly #audit: Pick<Audit, 'recordAll'>;
  readonly #notices: Notices;
  readonly #signer: Pick<LogSigner, 'verifiersOf' | 'verifierKeyOf'>;
  readonly #changes = new TokenBuckets(changeLimit);
  readonly #cosignings = new TokenBuckets(cosignLimit);

  constructor(parts: {
    db: Db;
    access: Access;
    audit: Pick<Audit, 'recordAll'>;
    notices: Notices;
    logSigner: Pick<LogSigner, 'verifiersOf' | 'verifierKeyOf'>;
  }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#audit = parts.audit;
    this.#notices = parts.notices;
    this.#signer = parts.logSigner;
  }

  /** Takes a relay's word for what it is and what it raises. A new key and each change of its alarm is a line. */
  async introduce(
    actor: RelayActor,
    { witnessKey, alarm }: { witnessKey: string; alarm: WitnessAlarm | null },
  ): Promise<{ logKey: string }> {
    const { relayId, agencyId } = actor;
    readWitnessKey(witnessKey, relayId);
    const before = await findWitness(this.#db, relayId);
    const acts = changesOf(actor, before, { witnessKey, alarm });
    if (acts.length > 0 && !this.#changes.take(relayId)) throw new CodedError('tooManyRequests');
    await this.#audit.recordAll(acts);
    if (acts.length > 0) {
      await saveWitness(this.#db, { relayId, agencyId, verifierKey: witnessKey, introducedAt: new Date(), alarm });
      void this.#notices.tell('witnessChanged', { agencyId, relayId, alarm });
    }
    return { logKey: this.#signer.verifierKeyOf(agencyId) };
  }

  /** Keeps a relay's cosignature of a checkpoint that this server has signed and keeps. */
  async cosign({ relayId, agencyId }: RelayActor, note: string, now: Date = new Date()): Promise<void> {
    if (!this.#cosignings.take(relayId)) throw new CodedError('tooManyRequests');
    const witness = await findWitness(this.#db, relayId);
    if (witness === null) throw new CodedError('conflict', 'The relay has not introduced itself as a witness.');
    const key = parseVerifierKey(witness.verifierKey);
    const { size, cosignedAt } = this.#openCosigned(agencyId, key, note);
    if (Math.abs(cosignedAt.getTime() - now.getTime()) > mostClockErrorMs) {
      throw new CodedError('badRequest', 'The clock of the relay is wrong.');
    }
    const own = await findCheckpointNote(this.#db, agencyId, size);
    const { text, signatures } = parseNote(note);
    if (own === null || parseNote(own).text !== text) {
      throw new CodedError('conflict', 'This is no checkpoint that is kept here.');
    }
    const ours = signatures.filter(({ name, id }) => name === key.name && id === key.id);
    const kept = formatNote({ text, signatures: [...parseNote(own).signatures, ...ours] });
    await saveCosignature(this.#db, { relayId, agencyId, size, cosignedAt, note: kept });
  }

  /** For those who may read the log. It says nothing that stands in it, so that looking at it is no line of its own. */
  async list(actor: Actor): Promise<Witness[]> {
    const { user } = await this.#access.requireAccess(actor, 'audit.read', {
      auditType: 'audit.read',
      record: 'refusals',
    });
    const last = new Map((await listLastCosignatures(this.#db, user.agencyId)).map((row) => [row.relayId, row]));
    return (await listWitnessRows(this.#db, user.agencyId)).map(({ witness, relay, siteName }) => {
      const cosigned = last.get(relay.id);
      return {
        relayId: relay.id,
        relayName: relay.name,
        siteName,
        isOnline: relay.isOnline,
        verifierKey: witness.verifierKey,
        cosigned: cosigned === undefined ? null : { size: cosigned.size, at: cosigned.cosignedAt.toISOString() },
        alarm: witness.alarm,
      };
    });
  }

  /** For everybody: keys and notes that prove themselves. */
  async published(logId: string): Promise<{ verifierKey: string; note: string }[]> {
    if (logId === 'server') return [];
    return (await listLastCosignatures(this.#db, logId)).map(({ verifierKey, note }) => ({ verifierKey, note }));
  }

  #openCosigned(agencyId: string, witness: VerifierKey, note: string): { size: number; cosignedAt: Date } {
    try {
      const opened = openCheckpoint(note, { log: this.#signer.verifiersOf(agencyId), witnesses: [witness] });
      const [cosignature] = opened.cosignatures;
      if (cosignature !== undefined) return { size: opened.size, cosignedAt: new Date(cosignature.atSeconds * 1_000) };
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
    }
    throw new CodedError('badRequest', 'This is no checkpoint of the log with the cosignature of this relay.');
  }
}

/** A key that is called after this relay, so that none can cosign in another's name. */
function readWitnessKey(text: string, relayId: string): VerifierKey {
  try {
    const key = parseVerifierKey(text);
    if (key.kind === 'cosignature' && key.name.endsWith(`/relay/${relayId}`)) return key;
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
  }
  throw new CodedError('badRequest', 'This is not the key of this relay as a witness.');
}

function changesOf(
  actor: RelayActor,
  before: WitnessRow | null,
  { witnessKey, alarm }: { witnessKey: string; alarm: WitnessAlarm | null },
): Act[] {
  const shared = { actor, outcome: 'done' as const, target: { kind: 'relay' as const, id: actor.relayId } };
  const acts: Act[] = [];
  if (before?.verifierKey !== witnessKey) {
    const witnessKeyHash = createHash('sha256').update(witnessKey).digest('hex');
    acts.push({ ...shared, type: 'witness.introduced', details: { witnessKeyHash } });
  }
  const earlier = before?.alarm ?? null;
  if (alarm !== null && (alarm.since !== earlier?.since || alarm.kind !== earlier.kind)) {
    const { kind, since, keptSize, seenSize } = alarm;
    acts.push({ ...shared, type: 'witness.alarmRaised', details: { alarm: kind, since, keptSize, seenSize } });
  }
  if (alarm === null && earlier !== null) {
    acts.push({ ...shared, type: 'witness.alarmEnded', details: { alarm: earlier.kind } });
  }
  return acts;
}

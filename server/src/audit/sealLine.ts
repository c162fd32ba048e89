import { leafHash } from 'commonsight-verify/tree';
import { type Opening, type PlainValue, sealEntry } from 'commonsight-verify/entry';
import type { Actor } from '../access/Actor.ts';
import { newId } from '../ids.ts';
import type { Act, TargetKind } from './Act.ts';
import { splitDetails, toPlainValue } from './plainDetails.ts';

/** The log of the lines that belong to no agency. */
const serverLog = 'server';

/** A line ready for its log: the leaf, and beside it what may be erased one day. */
export interface SealedLine {
  logId: string;
  /** Canonical JSON. */
  leaf: string;
  hash: Uint8Array;
  openings: Record<string, Opening>;
}

/** An id of one of these stands for a person. */
const personalTargets = new Set<TargetKind | null>(['connection', 'session', 'user']);

const decoder = new TextDecoder();

/** What is known otherwise of a line that was written before there was a tree. */
export interface EarlierLine {
  id: string;
  at: Date;
  actorId: string | null;
}

/** Makes the line of an act. */
export function sealLine(act: Act, earlier?: EarlierLine): SealedLine {
  const { id, at } = earlier ?? { id: newId(), at: new Date() };
  const { actor, target } = act;
  const agencyId = (actor.kind === 'anonymous' ? null : actor.agencyId) ?? act.agencyId ?? null;
  const targetKind = target?.kind ?? null;
  const targetId = target === null || target === undefined ? null : toPlainValue(target.id);
  const isPersonal = personalTargets.has(targetKind);
  const { plain, personal } = splitDetails(act.details ?? {});
  const { bytes, openings } = sealEntry({
    id,
    at: at.toISOString(),
    type: act.type,
    outcome: act.outcome,
    agencyId,
    actorKind: actor.kind,
    actor: earlier === undefined ? actorValue(actor) : earlierActor(earlier),
    sourceAddress: actor.kind === 'system' ? null : actor.sourceAddress,
    targetKind,
    targetId: isPersonal ? null : (targetId as string | null),
    grantId: act.grantId ?? null,
    details: plain,
    personal: {
      ...(isPersonal ? { targetId } : {}),
      ...(Object.keys(personal).length === 0 ? {} : { details: personal }),
    },
  });
  return { logId: agencyId ?? serverLog, leaf: decoder.decode(bytes), hash: leafHash(bytes), openings };
}

function actorValue(actor: Actor): PlainValue {
  if (actor.kind === 'user') return { id: actor.userId, name: toPlainValue(actor.name), role: actor.role };
  return actor.kind === 'relay' ? { id: actor.relayId } : null;
}

function earlierActor({ actorId }: EarlierLine): PlainValue {
  return actorId === null ? null : { id: actorId };
}

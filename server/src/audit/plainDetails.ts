import type { PlainValue } from 'commonsight-verify/entry';

/**
 * Details that say nothing about a person: ids of things, words of closed lists, counts and times. They stand in the
 * leaf for ever, and figures about the system are counted from them. Every other detail counts as a person's data, is
 * committed to in the leaf and kept where it can be erased; so whoever adds one decides here, and forgetting is safe.
 */
const plainNames = new Set([
  'act',
  'activePolicyHash',
  'answer',
  'addedCameraIds',
  'alarm',
  'bytes',
  'cameraId',
  'cameraIds',
  'canaryId',
  'code',
  'contactCount',
  'disposition',
  'documentHash',
  'durationMs',
  'end',
  'erasedBefore',
  'expiresAt',
  'finding',
  'flags',
  'findingId',
  'frames',
  'groupId',
  'hasPlan',
  'incidentId',
  'incidentNumber',
  'isAddition',
  'isFirst',
  'isResidential',
  'isTest',
  'keptSize',
  'layout',
  'linkId',
  'lines',
  'messageId',
  'packets',
  'part',
  'permission',
  'policyHash',
  'ownerKeyHash',
  'priority',
  'proposalId',
  'purpose',
  'pushKind',
  'recipientId',
  'sha256',
  'reason',
  'role',
  'screen',
  'seenSize',
  'since',
  'siteId',
  'slot',
  'stage',
  'state',
  'stream',
  'streamId',
  'subscriptionId',
  'subscriptions',
  'tileId',
  'toScreen',
  'toSlot',
  'trigger',
  'uplinkKilobitsPerSecond',
  'version',
  'wallId',
  'witnessKeyHash',
]);

/** An id, a word of a closed list, a moment or a hash; never a sentence, a name or an address. */
const plainText =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][A-Za-z0-9.]{0,49}|[0-9]{1,3}|[0-9T:.-]{20,29}Z|[0-9a-f]{64})$/;

export interface SplitDetails {
  plain: Record<string, PlainValue>;
  personal: Record<string, PlainValue>;
}

/** Parts a line's details by whether they may stand in the leaf. */
export function splitDetails(details: Readonly<Record<string, unknown>>): SplitDetails {
  const split: SplitDetails = { plain: {}, personal: {} };
  for (const [name, raw] of Object.entries(details)) {
    if (raw === undefined) continue;
    const value = toPlainValue(raw);
    const isPlain = plainNames.has(name) && [value].flat().every(saysNothingOfPersons);
    split[isPlain ? 'plain' : 'personal'][toName(name)] = value;
  }
  return split;
}

function saysNothingOfPersons(value: PlainValue): boolean {
  if (typeof value === 'string') return plainText.test(value);
  return value === null || typeof value !== 'object';
}

/**
 * What JSON, the canonical form and both databases can hold: a line must never fail for its content, or whoever sends
 * odd text could act without one.
 */
export function toPlainValue(value: unknown): PlainValue {
  if (typeof value === 'string') return toText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toPlainValue);
  if (typeof value !== 'object' || value === null) return null;
  const named = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(named.map(([name, inner]) => [toName(name), toPlainValue(inner)]));
}

/** PostgreSQL holds no NUL, and canonical JSON no half of a surrogate pair. */
function toText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function toName(name: string): string {
  const clean = name.replaceAll(/[^A-Za-z0-9._:-]/g, '-').slice(0, 100);
  return /^[A-Za-z0-9]/.test(clean) ? clean : `x${clean}`.slice(0, 100);
}

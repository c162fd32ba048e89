import type { AuditEvent } from '@commonsight/types/audit-event';
import { formatBytes, formatClock } from '../incident/format.ts';
import { purposeNames } from '../ui/words.ts';

/** An identifier as words: `viewing.started` is `Viewing started`, `cameraId` is `Camera id`. */
export function wordsOf(identifier: string): string {
  const words = identifier
    .replaceAll(/[.:_-]/g, ' ')
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who did it; a name that was erased is said to be so. */
export function actorWords({ actorKind, actorName }: Pick<AuditEvent, 'actorKind' | 'actorName'>): string {
  if (actorName !== null) return actorName;
  return actorKind === 'user' ? 'Name erased' : wordsOf(actorKind);
}

/** What a line says at a glance besides who and what: incident, purpose, reason, note, in this order. */
export function gist({ targetKind, details }: Pick<AuditEvent, 'targetKind' | 'details'>): string {
  const parts: string[] = [];
  if (targetKind !== null) parts.push(wordsOf(targetKind));
  const { incidentNumber, purpose, reason, note } = details;
  if (typeof incidentNumber === 'number') parts.push(`#${incidentNumber}`);
  if (typeof purpose === 'string') parts.push(purposeWords(purpose));
  if (typeof reason === 'string') parts.push(wordsOf(reason));
  if (typeof note === 'string' && note !== '') parts.push(`“${note}”`);
  return parts.join(' · ');
}

/** One detail for reading; null where it has to stand as it is. */
export function detailWords(name: string, value: unknown): string | null {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (name.endsWith('Ms')) return formatClock(value);
    return name === 'bytes' ? formatBytes(value) : String(value);
  }
  if (typeof value === 'string') return name === 'purpose' ? purposeWords(value) : value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return null;
}

function purposeWords(purpose: string): string {
  return (purposeNames as Readonly<Record<string, string>>)[purpose] ?? wordsOf(purpose);
}

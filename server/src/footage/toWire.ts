import type { FootageFile, FootageRecipient, FootageRequest } from '@commonsight/types/footage';
import type { User } from '@commonsight/types/user';
import type { CaseRow, FileRow, listAskedCameras, RecipientRow, SentRequest } from './footageRepository.ts';
import type { FootageKeys } from './FootageKeys.ts';

type AskedCamera = Awaited<ReturnType<typeof listAskedCameras>>[number];

export function toFile(keys: FootageKeys, of: CaseRow, row: FileRow): FootageFile {
  return {
    id: row.id,
    name: keys.openName(of, row.id, row.name),
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    offsetBytes: row.offsetBytes,
    receivedAt: row.receivedAt?.toISOString() ?? null,
  };
}

export function toRequest(
  keys: FootageKeys,
  { request, of, incidentNumber, createdBy }: SentRequest,
  parts: { people: User[]; recipients: RecipientRow[]; cameras: AskedCamera[]; files: FileRow[] },
): FootageRequest {
  return {
    id: request.id,
    createdBy,
    createdAt: request.createdAt.toISOString(),
    incident: of.incidentId === null || incidentNumber === null ? null : { id: of.incidentId, number: incidentNumber },
    caseNumber: of.caseNumber,
    ...wordsOf(request),
    people: parts.people,
    recipients: parts.recipients.map((row) => ({
      ...toRecipient(row),
      cameras: parts.cameras.filter(({ recipientId }) => recipientId === row.id).map(toCamera),
      files: parts.files.filter(({ recipientId }) => recipientId === row.id).map((file) => toFile(keys, of, file)),
    })),
  };
}

/** What everybody reads of a request. */
export function wordsOf({ windowFrom, windowTo, shape, place, deadline, text }: SentRequest['request']) {
  const window = { from: windowFrom.toISOString(), to: windowTo.toISOString() };
  return { window, shape, place, deadline: deadline.toISOString(), text };
}

function toRecipient(row: RecipientRow): Omit<FootageRecipient, 'cameras' | 'files'> {
  return {
    id: row.id,
    kind: row.siteId === null ? 'registrant' : 'owner',
    state: row.state,
    mailedAt: row.mailedAt?.toISOString() ?? null,
    remindedAt: row.remindedAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    overwrittenAt: row.overwrittenAt?.toISOString() ?? null,
  };
}

function toCamera(row: AskedCamera): FootageRecipient['cameras'][number] {
  if (row.registrationId === null) {
    return { kind: 'live', name: row.name, position: positionOf(row.cameraLatitude, row.cameraLongitude) };
  }
  return { kind: row.kind ?? 'gone', name: null, position: positionOf(row.latitude, row.longitude) };
}

function positionOf(latitude: number | null, longitude: number | null) {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

import type { FootageFile, FootageRecipient, FootageRequest } from '@commonsight/types/footage';
import type { User } from '@commonsight/types/user';
import type { FileRow, listAskedCameras, RecipientRow, SentRequest } from './footageRepository.ts';
import type { FootageKeys, NameKeys } from './FootageKeys.ts';

type AskedCamera = Awaited<ReturnType<typeof listAskedCameras>>[number];

export function toFile(names: NameKeys, row: FileRow): FootageFile {
  return {
    id: row.id,
    name: names.open(row.id, row.name),
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    offsetBytes: row.offsetBytes,
    receivedAt: row.receivedAt?.toISOString() ?? null,
  };
}

export function toRequest(
  keys: Pick<FootageKeys, 'namesOf'>,
  { request, of, incidentNumber, createdBy }: SentRequest,
  parts: {
    people: User[];
    recipients: readonly RecipientRow[];
    /** Of each recipient. */
    cameras: ReadonlyMap<string, AskedCamera[]>;
    files: ReadonlyMap<string, FileRow[]>;
  },
): FootageRequest {
  const names = keys.namesOf(of);
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
      cameras: (parts.cameras.get(row.id) ?? []).map(toCamera),
      files: (parts.files.get(row.id) ?? []).map((file) => toFile(names, file)),
    })),
  };
}

/** What everybody reads of a request. */
export function wordsOf({ windowFrom, windowTo, shape, place, deadline, timeZone, text }: SentRequest['request']) {
  const window = { from: windowFrom.toISOString(), to: windowTo.toISOString() };
  return { window, shape, place, deadline: deadline.toISOString(), timeZone, text };
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

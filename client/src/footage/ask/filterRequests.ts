import type { FootageRequest } from '@commonsight/types/footage';

/** `waiting`: somebody may still answer. `received`: files came. */
export type RequestFilter = 'all' | 'waiting' | 'received';

type Listed = Pick<FootageRequest, 'incident' | 'caseNumber' | 'place'> & {
  recipients: readonly Pick<FootageRequest['recipients'][number], 'state'>[];
};

/** The requests of a state whose number or place has all of the words. */
export function filterRequests<Request extends Listed>(
  requests: readonly Request[],
  by: { text: string; filter: RequestFilter },
): Request[] {
  const words = by.text.toLowerCase().split(/\s+/).filter(Boolean);
  return requests.filter((request) => {
    const named = `${numberOf(request)} ${request.place}`.toLowerCase();
    return isIn(request, by.filter) && words.every((word) => named.includes(word));
  });
}

export function isIn({ recipients }: Pick<Listed, 'recipients'>, filter: RequestFilter): boolean {
  if (filter === 'received') return recipients.some(({ state }) => state === 'received');
  return filter === 'all' || recipients.some(({ state }) => isWaiting(state));
}

/** A case number, or an incident's number behind `#`. */
export function numberOf({ incident, caseNumber }: Pick<FootageRequest, 'incident' | 'caseNumber'>): string {
  return incident === null ? (caseNumber ?? '') : `#${String(incident.number)}`;
}

/** Whether an answer, or a file, may still come from a contact. */
export function isWaiting(state: FootageRequest['recipients'][number]['state']): boolean {
  return state === 'sent' || state === 'opened' || state === 'hasIt' || state === 'uploading';
}

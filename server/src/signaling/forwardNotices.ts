import type { Notices } from '../notices.ts';
import type { Notifier } from './Notifier.ts';
import { topics } from './topics.ts';

/** Tells browsers what has changed in the records that they show. Returns what unsubscribes. */
export function forwardNotices(notices: Notices, notifier: Notifier): () => void {
  const subscriptions = [
    notices.on('incidentChanged', ({ agencyId, incident }) =>
      notifier.tell(topics.agency(agencyId), 'incident:changed', { incident }),
    ),
    notices.on('incidentNoted', ({ agencyId, entry }) =>
      notifier.tell(topics.agency(agencyId), 'incident:noted', { entry }),
    ),
    // A grant is its user's own; others see it by the viewings that it allows.
    notices.on('grantChanged', ({ grant }) => notifier.tell(topics.user(grant.userId), 'grant:changed', { grant })),
    notices.on('grantEnded', ({ grant }) => notifier.tell(topics.user(grant.userId), 'grant:changed', { grant })),
  ];
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

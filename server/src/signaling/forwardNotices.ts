import type { Notices } from '../notices.ts';
import type { Notifier } from './Notifier.ts';
import { type Topic, topics } from './topics.ts';

/** Tells browsers what has changed in the records that they show. Returns what unsubscribes. */
export function forwardNotices(notices: Notices, notifier: Notifier): () => void {
  const subscriptions = [
    notices.on('incidentChanged', ({ agencyId, incident }) =>
      notifier.tell(topics.holders(agencyId, 'incident.read'), 'incident:changed', { incident }),
    ),
    notices.on('incidentNoted', ({ agencyId, entry }) =>
      notifier.tell(topics.holders(agencyId, 'incident.read'), 'incident:noted', { entry }),
    ),
    notices.on('policyProposalChanged', ({ agencyId, proposal }) => {
      const { id, state, hash } = proposal;
      notifier.tell(topics.agency(agencyId), 'policy:changed', { hash, proposal: { id, state } });
    }),
    // A grant is its user's own; others see it by the viewings that it allows.
    notices.on('grantChanged', ({ grant }) => notifier.tell(topics.user(grant.userId), 'grant:changed', { grant })),
    notices.on('grantEnded', ({ grant }) => notifier.tell(topics.user(grant.userId), 'grant:changed', { grant })),
    notices.on('grantRequestChanged', ({ agencyId, request }) =>
      notifier.tell(askerAndApprovers(agencyId, request.user.id), 'grantRequest:changed', { request }),
    ),
    notices.on('breakGlassChanged', ({ agencyId, use }) =>
      notifier.tell(askerAndApprovers(agencyId, use.user.id), 'breakGlass:changed', { use }),
    ),
    notices.on('witnessChanged', ({ agencyId, relayId, alarm }) =>
      notifier.tell(topics.holders(agencyId, 'audit.read'), 'witness:changed', { relayId, alarm }),
    ),
    notices.on('messageSent', ({ message }) => notifier.tell(topics.desks(message.to.id), 'message:sent', { message })),
    notices.on('messageAcknowledged', ({ message }) =>
      notifier.tell(topics.desks(message.to.id), 'message:acknowledged', { messageId: message.id }),
    ),
    notices.on('reviewChanged', ({ agencyId, review }) =>
      notifier.tell(topics.supervisors(agencyId), 'review:changed', { review }),
    ),
  ];
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

function askerAndApprovers(agencyId: string, userId: string): Topic[] {
  return [topics.user(userId), topics.holders(agencyId, 'grant.approve')];
}

import type { RelayActor } from '../access/Actor.ts';
import { CodedError } from '../errors.ts';
import type { ToldAlerts } from '../alerts/ToldAlerts.ts';
import type { Previews } from '../previews/Previews.ts';
import type { PushSubscriptions } from '../push/PushSubscriptions.ts';
import type { Relays } from '../relays/Relays.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { OwnerSharing } from '../sharing/OwnerSharing.ts';
import type { ToldSharing } from '../sharing/ToldSharing.ts';
import type { Streams } from '../streams/Streams.ts';
import type { Witnesses } from '../witnesses/Witnesses.ts';
import type { ProvenRelay, RelayLinksUser } from './RelayLinks.ts';

/** What relays' coming, going and telling means to records, streams and browsers. */
export function relayUser(parts: {
  records: Pick<Relays, 'setOnline'>;
  witnesses: Pick<Witnesses, 'introduce' | 'cosign'>;
  told: Pick<ToldSharing, 'take'>;
  push: Pick<PushSubscriptions, 'endStale'>;
  ownerSharing: Pick<OwnerSharing, 'deliver'>;
  toldAlerts: Pick<ToldAlerts, 'take'>;
  streams: Streams;
  previews: Pick<Previews, 'relayGone' | 'relayEnded'>;
  notifier: Notifier;
  background: BackgroundWork;
  isActive: () => boolean;
}): RelayLinksUser {
  const { records, streams, notifier, witnesses } = parts;
  // A relay that goes while its coming is still being written must not end up as online.
  const queue = new KeyedQueue();

  function write(relay: ProvenRelay, isOnline: boolean) {
    return queue.run(relay.relayId, () => records.setOnline(actorOf(relay), isOnline));
  }

  function tell({ relayId, agencyId, siteId }: ProvenRelay, isOnline: boolean, at: string): void {
    notifier.tell(topics.holders(agencyId, 'site.read'), 'relay:changed', { relayId, siteId, isOnline, at });
  }

  return {
    relayArrived: async (relay) => {
      if ((await write(relay, true)) === null) throw new CodedError('wrongCredentials', 'The relay was revoked.');
      await streams.siteArrived(relay.siteId);
    },
    relayConnected: (relay, snapshot) => {
      const at = new Date().toISOString();
      streams.relayConnected(relay, snapshot, at);
      parts.previews.relayGone(relay.relayId);
      tell(relay, true, at);
    },
    relayLost: (relay) => {
      if (!parts.isActive()) return;
      const at = new Date().toISOString();
      streams.relayLost(relay, at);
      tell(relay, false, at);
      parts.background.run('write that a relay is away', write(relay, false));
    },
    questionsOf: (relay) => ({
      'clock:read': async () => ({ serverTimeMs: Date.now() }),
      'log:introduce': (introduction) => witnesses.introduce(actorOf(relay), introduction),
      'log:cosign': async ({ note }) => {
        await witnesses.cosign(actorOf(relay), note);
        return {};
      },
      'sharing:tell': async (state) => {
        const speaking = { actor: actorOf(relay), siteId: relay.siteId };
        await parts.told.take(speaking, state);
        parts.background.run('end push messages of removed devices', parts.push.endStale(relay.siteId));
        parts.background.run('hand over a sharing document', parts.ownerSharing.deliver(speaking));
        return {};
      },
      'alert:tell': async ({ alert }) => {
        await parts.toldAlerts.take({ actor: actorOf(relay), siteId: relay.siteId }, alert);
        return {};
      },
    }),
    handlersFor: (relay) => ({
      'stream:healthChanged': ({ streamId, health }) => streams.healthReported(relay, streamId, health),
      'stream:clock': (clock) => {
        if (streams.recordOf(relay, clock.streamId) === null) return;
        notifier.tell(topics.stream(clock.streamId), 'stream:clock', clock);
      },
      'stream:stopped': ({ streamId, uplinkId, reason }) =>
        streams.stoppedByRelay(relay, streamId, uplinkId, reason === 'notShared' ? reason : 'mediaLost'),
      'preview:stopped': ({ previewId, reason }) => parts.previews.relayEnded(relay.relayId, previewId, reason),
    }),
  };
}

function actorOf({ relayId, agencyId, sourceAddress }: ProvenRelay): RelayActor {
  return { kind: 'relay', relayId, agencyId, sourceAddress };
}

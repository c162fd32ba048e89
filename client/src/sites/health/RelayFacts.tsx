import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { Relay } from '@commonsight/types/site';
import type { CallError } from '../../api/CallResult.ts';
import { formatExactTime } from '../../incident/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';

/** How the relay and its machine are, with what to do when they are short of something. */
export function RelayFacts({
  relay,
  health,
  error,
}: {
  relay: Relay;
  health: RelayHealth | null;
  /** Why it does not tell; null while it does. */
  error: CallError | null;
}) {
  if (health === null) {
    return (
      <Section title={relay.name} description={relay.isOnline && error !== null ? silentWords(error) : offlineWords} />
    );
  }
  const { process, machine, startedAt, at, camerasFault } = health;
  const advice = adviceOf(health);
  return (
    <Section title={relay.name} description={advice}>
      {camerasFault === null ? null : (
        <p role="alert" className="mb-0 text-stale">
          {camerasFault}
        </p>
      )}
      <div className="mt-3">
        <Facts
          facts={[
            ['Processor, the relay', `${process.busyCores.toFixed(2)} of ${String(machine.cores)} cores`],
            ['Processor, all of the machine', `load ${machine.load.toFixed(1)}`],
            ['Memory, the relay', `${process.memoryMegabytes.toLocaleString('en-US')} MB`],
            [
              'Memory, free',
              `${machine.freeMemoryMegabytes.toLocaleString('en-US')} of ${machine.memoryMegabytes.toLocaleString('en-US')} MB`,
            ],
            ['Runs since', formatExactTime(startedAt)],
            ['Told at', formatExactTime(at)],
          ]}
        />
      </div>
    </Section>
  );
}

const offlineWords = 'The relay is offline. Check its power and its network; it dials in again by itself.';

function silentWords({ code, message }: CallError): string {
  if (code === 'relayOffline') return offlineWords;
  if (code === 'timedOut')
    return 'The relay does not answer in time. Its machine or its network is busy; wait a minute.';
  // An older one does not know the question.
  if (code === 'badRequest' || code === 'internal') {
    return 'The relay does not tell how it is. Update its software if it stays so.';
  }
  return message;
}

/** Shares of the machine from which on somebody should do something. */
const busyShare = 0.8;
const fewFreeShare = 0.1;

function adviceOf({ process, machine }: RelayHealth): string {
  if (machine.freeMemoryMegabytes < machine.memoryMegabytes * fewFreeShare) {
    return 'The machine has little memory left. End other programs on it, or give it more.';
  }
  if (process.busyCores > machine.cores * busyShare || machine.load > machine.cores * 2) {
    return 'The machine is busy: pictures may stutter. End other programs on it, or use a faster one.';
  }
  return 'The relay has enough processor and memory.';
}

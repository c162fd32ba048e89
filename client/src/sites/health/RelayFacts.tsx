import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { Relay } from '@commonsight/types/site';
import { formatExactTime } from '../../incident/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';

/** How the relay and its machine are, with what to do when they are short of something. */
export function RelayFacts({ relay, health }: { relay: Relay; health: RelayHealth | null }) {
  if (health === null) {
    return (
      <Section
        title={relay.name}
        description={
          relay.isOnline
            ? 'The relay does not tell how it is. Update its software if it stays so.'
            : 'The relay is offline. Check its power and its network; it dials in again by itself.'
        }
      />
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

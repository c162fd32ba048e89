import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { Relay } from '@commonsight/types/site';
import type { CallError } from '../../api/CallResult.ts';
import { machineAdvice, offlineWords, silentWords } from '../../health/relayWords.ts';
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
  return (
    <Section title={relay.name} description={machineAdvice(health).words}>
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

import type { OwnerHealth } from '@commonsight/types/owner';
import { groupProblems, type ProblemGroup } from '../../health/groupProblems.ts';
import { machineAdvice, silentWords } from '../../health/relayWords.ts';
import { healthSentence, type OwnCondition } from './ownConditions.ts';
import type { OwnerHealthReading } from './useOwnerHealth.ts';

const clock = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', hourCycle: 'h23' });

interface HealthPartProps {
  reading: OwnerHealthReading;
  /** Empty while the relay does not tell. */
  conditions: readonly OwnCondition[];
}

/** How the relay and the cameras are, and what is to be done, in words. */
export function HealthPart({ reading, conditions }: HealthPartProps) {
  return (
    <section aria-labelledby="health" className="mt-6 text-base">
      <h2 id="health" className="m-0 text-lg font-semibold">
        How your relay and cameras are
      </h2>
      {reading.state === 'asking' ? <p className="m-0 mt-1 text-muted">Asking your relay…</p> : null}
      {reading.state === 'silent' ? <p className="m-0 mt-1 text-warn">{silentWords(reading.problem)}</p> : null}
      {reading.state === 'told' ? <Told health={reading.health} conditions={conditions} /> : null}
    </section>
  );
}

function Told({ health, conditions }: { health: OwnerHealth; conditions: readonly OwnCondition[] }) {
  const { at, camerasFault } = health;
  const advice = machineAdvice(health);
  const problems = groupProblems(conditions, 'owner');
  return (
    <>
      <p data-testid="health" className="m-0 mt-1">
        {healthSentence(conditions)}
      </p>
      <p className={advice.isShort ? 'm-0 mt-1 text-warn' : 'm-0 mt-1 text-muted'}>
        {advice.words} It told this at {clock.format(new Date(at))}, and looks at each camera about every five minutes.
      </p>
      {camerasFault === null ? null : (
        <p role="alert" className="m-0 mt-1 text-stale">
          {camerasFault}
        </p>
      )}
      {problems.length === 0 ? null : (
        <>
          <h3 id="what-to-do" className="m-0 mt-3 text-base font-semibold">
            What to do
          </h3>
          <ul aria-labelledby="what-to-do" className="m-0 mt-1 list-none p-0">
            {problems.map((problem) => (
              <ProblemLine key={problem.code} problem={problem} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** So many names stand in the line; more are opened. */
const mostNames = 6;

function ProblemLine({ problem: { title, whatToDo, cameras } }: { problem: ProblemGroup<OwnCondition> }) {
  const names = cameras.map(({ name }) => name).join(', ');
  return (
    <li className="border-t border-line py-2">
      <p className="m-0 font-semibold">
        {title} ({cameras.length})
      </p>
      <p className="m-0">{whatToDo}</p>
      {cameras.length <= mostNames ? (
        <p className="m-0 text-muted wrap-anywhere">{names}</p>
      ) : (
        <details>
          <summary className="min-h-11 cursor-pointer content-center text-muted">Which {cameras.length}</summary>
          <p className="m-0 text-muted wrap-anywhere">{names}</p>
        </details>
      )}
    </li>
  );
}

import type { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { waitFor } from '../../media/relay/support/waitFor.ts';

const moved = 'the clock is moved';

/**
 * Runs in the relay's process before anything of it: the clock on the wall, as the process reads it, is moved by so much
 * at a signal. The machine's own clock is everybody's, and stays.
 */
const programOf = (byMs: number) => `
const Real = Date;
let offsetMs = 0;
globalThis.Date = class extends Real {
  constructor(...values) {
    if (values.length === 0) super(Real.now() + offsetMs);
    else super(...values);
  }
  static now() {
    return Real.now() + offsetMs;
  }
};
process.on('SIGUSR2', () => {
  offsetMs += ${byMs};
  console.log('${moved}');
});
`;

/** The environment of a relay whose clock can be moved. */
export function movableClock(byMs: number): Record<string, string> {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(programOf(byMs))}` };
}

/** Moves it. */
export async function clockMoved(relay: RelayProcess): Promise<void> {
  const before = relay.output.split(moved).length;
  process.kill(relay.pid, 'SIGUSR2');
  await waitFor('the clock is moved', () => relay.output.split(moved).length > before);
}

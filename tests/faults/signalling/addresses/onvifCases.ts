import type { OnvifFaultName } from '../../../support/onvif-simulator/onvifFaults.ts';
import type { Random } from '../Random.ts';
import { disguise, forbiddenHost, plainForbidden } from './makeCases.ts';

/** A device that answers over ONVIF, and where its answers lead. */
export interface OnvifCase {
  readonly kind: string;
  /** What was entered for it. */
  readonly host: string;
  /** Where the device is; null when nothing may be dialled at all. */
  readonly device: string | null;
  readonly faults: readonly OnvifFaultName[];
  /** What its answers name: `host:port`. */
  readonly lure: string;
  readonly isGood: boolean;
}

const hostile = [
  'serviceElsewhere',
  'serviceOnOtherPort',
  'streamElsewhere',
  'streamIsNoStream',
  'streamBreaksLines',
  'redirects',
  'outsideEntity',
] as const satisfies readonly OnvifFaultName[];

/** The case of this number, for a network where every address leads to this machine. */
export function makeOnvifCase(random: Random, number: number): OnvifCase {
  // Of the other family the device could not listen there: only what comes in is led to this machine, not what is bound.
  const device = `10.${random.int(0, 90)}.${(number >> 8) & 0xff}.${number & 0xff}`;
  const port = random.pick([80, 6379, 8554]);
  const written = random.happens(0.5) ? plainForbidden(random) : disguise(random, plainForbidden4(random));
  const name = written.includes(':') && !written.startsWith('[') ? `[${written}]` : written;
  const lure = `${name}:${port}`;
  const none = { device, host: device, lure, isGood: false };
  return random.pick<() => OnvifCase>([
    () => ({ ...none, kind: 'good device', faults: [], isGood: true }),
    () => ({ ...none, kind: 'entered address', host: forbiddenHost(random), device: null, faults: [] }),
    ...hostile.map((fault) => () => ({ ...none, kind: fault, faults: [fault] })),
  ])();
}

function plainForbidden4(random: Random): string {
  return random.pick(['127.0.0.1', '169.254.169.254', '10.99.0.1', '0.0.0.0', '224.0.0.1']);
}

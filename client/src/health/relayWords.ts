import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { CallError } from '../api/CallResult.ts';

/** What to do about a relay that is away. */
export const offlineWords = 'The relay is offline. Check its power and its network; it dials in again by itself.';

/** Why a relay that is connected does not tell how it is, and what to do. */
export function silentWords({ code, message }: CallError): string {
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

interface MachineAdvice {
  isShort: boolean;
  words: string;
}

/** Whether the relay's machine is short of something, and what to do then. */
export function machineAdvice({ process, machine }: Pick<RelayHealth, 'process' | 'machine'>): MachineAdvice {
  if (machine.freeMemoryMegabytes < machine.memoryMegabytes * fewFreeShare) {
    return { isShort: true, words: 'The machine has little memory left. End other programs on it, or give it more.' };
  }
  if (process.busyCores > machine.cores * busyShare || machine.load > machine.cores * 2) {
    return {
      isShort: true,
      words: 'The machine is busy: pictures may stutter. End other programs on it, or use a faster one.',
    };
  }
  return { isShort: false, words: 'The relay has enough processor and memory.' };
}

import { routes } from '@commonsight/types/http/routes';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { AlarmKind, Witness } from '@commonsight/types/witness';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** The relays that witness the audit log, for who may read it. */
export interface WitnessesState {
  isLoaded: boolean;
  witnesses: readonly Witness[];
}

export function createWitnessesStore() {
  return createStore<WitnessesState>()(() => ({ isLoaded: false, witnesses: [] }));
}

export type WitnessesStore = ReturnType<typeof createWitnessesStore>;

/** False when it is about a relay that is not known yet, and the witnesses are to be read. */
export function witnessChanged(store: WitnessesStore, change: NotificationOf<'witness:changed'>): boolean {
  const { witnesses } = store.getState();
  if (!witnesses.some(({ relayId }) => relayId === change.relayId)) return false;
  store.setState({
    witnesses: witnesses.map((witness) =>
      witness.relayId === change.relayId ? { ...witness, alarm: change.alarm } : witness,
    ),
  });
  return true;
}

export async function readWitnesses(store: WitnessesStore, signaling: Pick<SignalingClient, 'on'>): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['witness:changed'], () => call(routes.listWitnesses));
  if (result.state !== 'ok') return;
  store.setState({ isLoaded: true, witnesses: result.value.witnesses });
  for (const { payload } of told) witnessChanged(store, payload);
}

/** What a relay has seen, as a sentence. */
export const alarmSentences: Readonly<Record<AlarmKind, string>> = {
  forked: 'It has proof that the server signed two histories of the audit log: entries were changed or removed.',
  rolledBack: 'The server shows an earlier state of the audit log than it has shown before: entries are gone.',
  otherKey: 'The audit log is signed with a key that the relay does not trust.',
  unproven: 'What the server gives out of the audit log does not fit what it has signed.',
};

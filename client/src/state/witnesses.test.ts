import type { Witness, WitnessAlarm } from '@commonsight/types/witness';
import { expect, test } from 'vitest';
import { createWitnessesStore, witnessChanged } from './witnesses.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const alarm: WitnessAlarm = {
  kind: 'forked',
  since: '2026-03-01T10:00:00.000Z',
  keptSize: 3,
  seenSize: 4,
  keptNote: '',
  seenNote: '',
};
const witness: Witness = {
  relayId,
  relayName: 'Harbor',
  siteName: 'Harbor Market',
  isOnline: true,
  verifierKey: 'k'.repeat(40),
  cosigned: null,
  alarm: null,
};

test('an alarm begins and ends with its relay, and one of an unknown relay asks for all of them', () => {
  const store = createWitnessesStore();
  expect(witnessChanged(store, { relayId, alarm })).toBe(false);
  store.setState({ isLoaded: true, witnesses: [witness] });
  expect(witnessChanged(store, { relayId, alarm })).toBe(true);
  expect(store.getState().witnesses).toEqual([{ ...witness, alarm }]);
  expect(witnessChanged(store, { relayId, alarm: null })).toBe(true);
  expect(store.getState().witnesses).toEqual([witness]);
});

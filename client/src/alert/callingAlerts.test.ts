import { expect, test } from 'vitest';
import { callingAlerts } from './callingAlerts.ts';

test('an alert calls until it has an incident, or somebody in this window has turned to it', () => {
  const alerts = [
    { id: 'new', incidentId: null },
    { id: 'answered', incidentId: 'incident-1' },
    { id: 'read', incidentId: null },
  ];
  expect(callingAlerts(alerts, new Set(['read']))).toEqual(['new']);
  expect(callingAlerts(alerts, new Set())).toEqual(['new', 'read']);
  expect(callingAlerts([], new Set())).toEqual([]);
});

import type { Purpose } from '@commonsight/types/purpose';
import type { Role } from '@commonsight/types/permission';
import type { ViewingEndReason } from '@commonsight/types/viewing';

/** How a purpose is called; an agency's policy has its own names. */
export type PurposeName = (purpose: Purpose) => string;

export const purposeNames: Readonly<Record<Purpose, string>> = {
  emergencyResponse: 'Emergency response',
  violentCrime: 'Violent crime',
  propertyCrime: 'Property crime',
  trafficIncident: 'Traffic incident',
  missingPerson: 'Missing person',
  publicEvent: 'Public event',
  training: 'Training',
};

export const roleNames: Readonly<Record<Role, string>> = {
  analyst: 'Analyst',
  dispatcher: 'Dispatcher',
  supervisor: 'Supervisor',
  administrator: 'Administrator',
  auditor: 'Auditor',
};

/** Why a viewing ended, as the heading of what is left of it. */
export const endReasonNames: Readonly<Record<ViewingEndReason, string>> = {
  closedByUser: 'Closed',
  endedBySupervisor: 'Ended by a supervisor',
  incidentClosed: 'Incident closed',
  grantEnded: 'Access ended',
  grantExpired: 'Grant expired',
  sessionEnded: 'Signed out',
  connectionLost: 'Connection lost',
  mediaLost: 'Picture lost',
  cameraRemoved: 'Camera removed',
  notShared: 'Owner off',
};

/** Who approves, as a sentence names them: `a supervisor or an administrator`. */
export function approverWords(roles: readonly Role[]): string {
  const names = roles.map((role) => {
    const name = roleNames[role].toLowerCase();
    return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
  });
  return names.length === 0 ? 'a supervisor' : names.join(' or ');
}

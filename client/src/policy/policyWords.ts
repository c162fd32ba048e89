import type { PolicyPack } from '@commonsight/types/policy';
import type { Role } from '@commonsight/types/permission';
import type { Purpose } from '@commonsight/types/purpose';
import { purposeNames, roleNames } from '../ui/words.ts';

const minutesPerHour = 60;
const minutesPerDay = 24 * minutesPerHour;

/** `45 min`, `8 h`, `1 h 30 min`, `30 days`: as people say it, and exact. */
export function minutesWords(minutes: number): string {
  const days = Math.floor(minutes / minutesPerDay);
  const hours = Math.floor((minutes % minutesPerDay) / minutesPerHour);
  const rest = minutes % minutesPerHour;
  const parts = [
    days === 0 ? null : days === 1 ? '1 day' : `${days} days`,
    hours === 0 ? null : `${hours} h`,
    rest === 0 ? null : `${rest} min`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '0 min' : parts.join(' ');
}

/** `Supervisor or administrator`; what is said when it is nobody. */
export function rolesWords(roles: readonly Role[], nobody: string): string {
  if (roles.length === 0) return nobody;
  const names = roles.map((role, i) => (i === 0 ? roleNames[role] : roleNames[role].toLowerCase()));
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}

/** The purpose's name in the pack, or everywhere else where the pack has none. */
export function purposeName(pack: PolicyPack, purpose: Purpose): string {
  return pack.purposes[purpose]?.name ?? purposeNames[purpose];
}

/** The rules beside the purposes: what each is called, and what it says. */
export function ruleWords(pack: PolicyPack): { name: string; rule: string }[] {
  const { dispatch, approval, breakGlass, residential, retention, review, session } = pack;
  const list = new Intl.ListFormat('en', { type: 'conjunction' });
  return [
    {
      name: 'Dispatch',
      rule:
        dispatch.purpose === null
          ? 'Opening an incident’s cameras asks for nothing by itself.'
          : `Who opens an incident’s cameras asks for “${purposeName(pack, dispatch.purpose)}”.`,
    },
    {
      name: 'Approval',
      rule: `A request that nobody has answered after ${minutesWords(approval.timeOutMinutes)} is refused. Nobody approves their own.`,
    },
    {
      name: 'Break-glass',
      rule:
        breakGlass.roles.length === 0 || breakGlass.purposes.length === 0
          ? 'Nobody may look without the approval that a purpose needs.'
          : `${rolesWords(breakGlass.roles, '')} may look at once for ${list.format(breakGlass.purposes.map((purpose) => `“${purposeName(pack, purpose)}”`))}, for ${minutesWords(breakGlass.maximumMinutes)}, and must write why within ${minutesWords(breakGlass.justificationHours * minutesPerHour)}.`,
    },
    {
      name: 'Homes',
      rule: residential.allowsLiveView
        ? 'Live video of homes may be watched.'
        : 'Live video of homes is not watched, by nobody and for no purpose.',
    },
    {
      name: 'Retention',
      rule: `Names, addresses and notes beside the audit log are erased after ${minutesWords(retention.personalValueDays * minutesPerDay)}. The log’s lines stay.`,
    },
    {
      name: 'Review',
      rule: `${review.samplePercent} of 100 viewings are drawn by chance for review, beside those that stand out.`,
    },
    {
      name: 'Sessions',
      rule: `A screen locks after ${minutesWords(session.idleMinutes)} without a key or a move. Everybody signs in again after ${minutesWords(session.reauthenticationHours * minutesPerHour)}.`,
    },
    { name: 'Second factor', rule: secondFactorWords[session.requireSecondFactor] },
  ];
}

const secondFactorWords: Readonly<Record<PolicyPack['session']['requireSecondFactor'], string>> = {
  never: 'Not demanded of anybody; everybody may set one up.',
  administrators: 'Demanded of administrators.',
  all: 'Demanded of everybody.',
};

import type { routes } from '@commonsight/types/http/routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import { roleNames } from '../ui/words.ts';

export type UserShift = RouteResponse<typeof routes.listShifts>['shifts'][number];

export interface ShiftFilter {
  words: string;
  onlyWithout: boolean;
}

/** Who matches every word by name or role. */
export function shiftRows(shifts: readonly UserShift[], filter: ShiftFilter): UserShift[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return shifts.filter(({ user, shift }) => {
    const text = `${user.name} ${roleNames[user.role]}`.toLowerCase();
    return (!filter.onlyWithout || shift === null) && words.every((word) => text.includes(word));
  });
}

import type { FlagKind } from '@commonsight/types/review';
import { burst } from './burst.ts';
import type { Circumstances, FlagRule } from './FlagRule.ts';
import { genericNotes } from './genericNotes.ts';
import { longDwell } from './longDwell.ts';
import { outOfShift } from './outOfShift.ts';
import { reusedIncident } from './reusedIncident.ts';
import { sameCameraManyDays } from './sameCameraManyDays.ts';
import { twoPlaces } from './twoPlaces.ts';

/** A rule for each kind: a kind that nothing looks for does not compile. */
const rules: Readonly<Record<FlagKind, FlagRule>> = {
  outOfShift,
  burst,
  sameCameraManyDays,
  longDwell,
  reusedIncident,
  twoPlaces,
  genericNotes,
};

export function findFlags(circumstances: Circumstances): { kind: FlagKind; reason: string }[] {
  return Object.values(rules).flatMap((rule) => {
    const reason = rule.find(circumstances);
    return reason === null ? [] : [{ kind: rule.kind, reason }];
  });
}

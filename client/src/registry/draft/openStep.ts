import type { Area } from '@commonsight/types/registration';
import type { Draft } from './Draft.ts';
import { problemsOf } from './problems.ts';
import { type Step, steps } from './Step.ts';

/** The questions that are asked: which agency only where there are several, and neither that nor whom to ask in a visit. */
export function stepsFor({ agencyCount, isVisit }: { agencyCount: number; isVisit: boolean }): Step[] {
  return steps.filter((step) => {
    if (step === 'agency') return agencyCount > 1 && !isVisit;
    return step !== 'contact' || !isVisit;
  });
}

/** The question that an address asks for, or the first before it that still has a problem. */
export function openStep(wanted: Step, asked: readonly Step[], draft: Draft, area: Area | null): Step {
  const before = asked.slice(0, Math.max(0, asked.indexOf(wanted)));
  const open = before.find((step) => Object.keys(problemsOf(step, draft, area)).length > 0);
  return open ?? (asked.includes(wanted) ? wanted : (asked[0] ?? wanted));
}

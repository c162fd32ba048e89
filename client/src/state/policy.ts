import { routes } from '@commonsight/types/http/routes';
import type { Role } from '@commonsight/types/permission';
import type { Policy, PolicyPack } from '@commonsight/types/policy';
import { type Purpose, purposeSchema } from '@commonsight/types/purpose';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';

/** The policy that the agency goes by. `failed`: it could not be read; what depends on it asks the server as it comes. */
export type PolicyState = { state: 'unread' } | { state: 'failed' } | { state: 'read'; policy: Policy };

export function createPolicyStore() {
  return createStore<PolicyState>()(() => ({ state: 'unread' }));
}

export type PolicyStore = ReturnType<typeof createPolicyStore>;

export async function readPolicy(store: PolicyStore): Promise<void> {
  const result = await call(routes.getPolicy);
  if (result.state === 'ok') store.setState({ state: 'read', policy: result.value }, true);
  else if (store.getState().state === 'unread') store.setState({ state: 'failed' }, true);
}

export function packOf(state: PolicyState): PolicyPack | null {
  return state.state === 'read' ? state.policy.pack : null;
}

/** One purpose as it can be chosen. */
export interface PurposeChoice {
  purpose: Purpose;
  name: string;
  explanation: string;
  defaultMinutes: number;
  maximumMinutes: number;
  approvedBy: readonly Role[];
  /** Whether the user may look at once and justify it afterwards, where it needs an approval. */
  isBreakGlassable: boolean;
}

/** What can be asked for about an incident, in the order of the closed list: trainings for training incidents alone. */
export function purposeChoices(
  pack: PolicyPack,
  role: Role,
  incident: { isTraining: boolean } | undefined,
): PurposeChoice[] {
  return purposeSchema.options.flatMap((purpose) => {
    const rule = pack.purposes[purpose];
    if (rule === undefined || (purpose === 'training' && incident?.isTraining === false)) return [];
    const mayBreakGlass = (pack.breakGlass.roles as readonly Role[]).includes(role);
    const isBreakGlassable = rule.approvedBy.length > 0 && mayBreakGlass && pack.breakGlass.purposes.includes(purpose);
    return [{ purpose, ...rule, isBreakGlassable }];
  });
}

import type { Purpose } from '@commonsight/types/purpose';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { purposeName } from '../policy/policyWords.ts';
import { packOf } from '../state/policy.ts';
import { purposeNames } from '../ui/words.ts';

/** A purpose as the agency's policy names it; one that the policy has no more keeps its common name. */
export function usePurposeName(): (purpose: Purpose) => string {
  const { policy } = useWorkspace();
  const pack = packOf(useStore(policy));
  return useCallback((purpose) => (pack === null ? purposeNames[purpose] : purposeName(pack, purpose)), [pack]);
}

import type { PolicyPack } from '@commonsight/types/policy';
import { ShieldAlert } from 'lucide-react';
import { minutesWords } from '../policy/policyWords.ts';

/** What follows from breaking the glass, before it is done. */
export function BreakGlassNotice({ pack }: { pack: PolicyPack }) {
  const { maximumMinutes, justificationHours } = pack.breakGlass;
  return (
    <div className="flex gap-2.5 rounded-md bg-[#2a1f0c] px-3 py-2.5 inset-ring inset-ring-warn/40">
      <ShieldAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <ul className="m-0 flex list-none flex-col gap-1 p-0">
        <li className="font-semibold">You look now, without the approval.</li>
        <li>Supervisors are told in this moment: your name, the incident, the cameras and the purpose.</li>
        <li>You write a justification within {minutesWords(justificationHours * 60)}. Until then it counts as open.</li>
        <li>It runs {minutesWords(maximumMinutes)} and is not renewed.</li>
      </ul>
    </div>
  );
}

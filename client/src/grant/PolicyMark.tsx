import type { Policy } from '@commonsight/types/policy';

/** Which policy holds, with the beginning of its hash, which is published with it. */
export function PolicyMark({ policy }: { policy: Policy }) {
  return (
    <p className="m-0 truncate text-xs text-muted" title={`${policy.pack.name}, SHA-256 ${policy.hash}`}>
      Policy: {policy.pack.name} · <span className="font-mono">{policy.hash.slice(0, 8)}</span>
    </p>
  );
}

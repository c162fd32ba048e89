import type { PolicyDifference, PolicyPack } from '@commonsight/types/policy';

/** Every value that differs between two packs, by its path, in the order of the packs. */
export function comparePolicies(before: PolicyPack, after: PolicyPack): PolicyDifference[] {
  const [old, fresh] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: fresh.get(path) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

/** Lists count as one value: that a role was added is read more easily from both lists than from a place in one. */
function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
  } else {
    into.set(path, Array.isArray(value) ? value.join(', ') : String(value));
  }
  return into;
}

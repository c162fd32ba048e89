import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Purpose } from '@commonsight/types/purpose';
import { referenceCityFile } from '../config.ts';

/** A pack's text in which a supervisor has to approve the purpose, for which nobody had to before. */
export function withApproval(text: string, purpose: Purpose): string {
  const changed = text.replace(new RegExp(`(\\n {2}${purpose}:[^]*?approvedBy: )\\[\\]`), '$1[supervisor]');
  if (changed === text) throw new Error(`The pack has no purpose ${purpose} without approval.`);
  return changed;
}

/** A pack's text that does not allow the purpose. */
export function withoutPurpose(text: string, purpose: Purpose): string {
  return text
    .replace(new RegExp(`\\n {2}${purpose}:[^]*?approvedBy: .*`), '')
    .replace(/(\n {2}purposes: \[)(.*)\]/, (_all, start: string, list: string) => {
      const left = list.split(', ').filter((name) => name !== purpose);
      return `${start}${left.join(', ')}]`;
    });
}

/** The reference city's pack with one purpose that has to be approved: `missingPerson`. */
export const approvalPolicy = withApproval(readFileSync(referenceCityFile, 'utf8'), 'missingPerson');

/** Where a test server reads the pack that its agencies begin with. */
export async function policyFileOf(dataDir: string, text?: string): Promise<string> {
  if (text === undefined) return referenceCityFile;
  const path = join(dataDir, 'policy.yaml');
  await writeFile(path, text);
  return path;
}

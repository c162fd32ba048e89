import { expect, test } from 'vitest';
import { makeSignerKey } from '../note/note.ts';
import { KeptHashes } from '../testing/KeptHashes.ts';
import { CompactTree, leafHash, rootOf } from '../tree/tree.ts';
import { isFork, judgeByHashes } from './checkpoint.ts';

const origin = makeSignerKey('city.example/audit', 'ed25519').verifier.name;
const longest = 40;
const honest = KeptHashes.ofSize(longest);
const at = async (size: number) => ({ origin, size, root: await rootOf(size, honest.read) });

/** The same log with another leaf at an index. */
function rewritten(index: number): KeptHashes {
  const leaves = Array.from({ length: longest }, (_, leaf) => new TextEncoder().encode(`leaf ${leaf}`));
  leaves[index] = new TextEncoder().encode('another');
  return new KeptHashes(leaves);
}

test('a log that grows is never a fork, and one that was rewritten always is, at each pair of sizes', async () => {
  const fork = rewritten(4);
  for (let from = 1; from < longest; from += 1) {
    for (let to = from + 1; to <= longest; to += 1) {
      const kept = await at(from);
      expect(await judgeByHashes(kept, await at(to), honest.read)).toEqual({ succession: 'grown', proof: [] });
      const next = { origin, size: to, root: await rootOf(to, fork.read) };
      const judged = await judgeByHashes(kept, next, fork.read);
      expect(judged.succession).toBe(from > 4 ? 'forked' : 'grown');
      expect(isFork(kept, next, judged.proof)).toBe(from > 4);
      expect(isFork(next, kept, judged.proof)).toBe(from > 4);
      // Nobody can accuse an honest log with that proof, nor with hashes of another tree.
      expect(isFork(kept, await at(to), judged.proof)).toBe(false);
    }
  }
});

test('tiles that do not lead to the signed root are no fork', async () => {
  const fork = rewritten(4);
  expect(await judgeByHashes(await at(20), await at(33), fork.read)).toEqual({ succession: 'unproven', proof: [] });
});

test('two roots for one size are a fork, two logs are none, and of a shorter one nothing is proven', async () => {
  const kept = await at(20);
  const other = { ...kept, root: leafHash(new Uint8Array()) };
  expect(await judgeByHashes(kept, other, honest.read)).toEqual({ succession: 'forked', proof: [] });
  expect(isFork(kept, other)).toBe(true);
  expect(isFork(kept, kept)).toBe(false);
  expect(isFork(kept, { ...other, origin: 'another.example/audit' })).toBe(false);
  expect(await judgeByHashes(kept, await at(19), honest.read)).toMatchObject({ succession: 'shorter' });
  expect(isFork(kept, await at(19))).toBe(false);
  const empty = { origin, size: 0, root: CompactTree.empty().root() };
  expect(await judgeByHashes(empty, kept, honest.read)).toMatchObject({ succession: 'grown' });
  expect(isFork(empty, kept, [kept.root])).toBe(false);
});

import { expect, test } from 'vitest';
import { cosignNote, makeSignerKey, NoteError, signNote } from '../note/note.ts';
import { KeptHashes } from '../testing/KeptHashes.ts';
import { consistencyProof, emptyRoot, rootOf } from '../tree/tree.ts';
import { formatCheckpoint, judgeSuccessor, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';

const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const log = makeSignerKey('city.example/audit', 'ed25519');
const witness = makeSignerKey('relay.example/w1', 'cosignature');
const checkpoint = { origin: log.verifier.name, size: 0, root: emptyRoot() };

test("C2SP's example is read and written", () => {
  expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
  expect(formatCheckpoint(parseCheckpoint(text))).toBe(text);
});

test.each([
  text.replace('20852163', '020852163'),
  text.replace('20852163', '-1'),
  text.replace('20852163', '1e3'),
  text.replace('20852163', '9007199254740993'),
  text.replace('20852163', ''),
  text.replace('CsUY', 'CsU'),
  text.replace('q2I=', 'q2J='),
  text.replace('example.com/behind-the-sofa', ''),
  `${text}extension\n`,
  text.trimEnd(),
  '',
])('%j is no checkpoint', (bad) => {
  expect(() => parseCheckpoint(bad)).toThrow(NoteError);
});

test('a checkpoint opens with the key of its log, and shows who cosigned it when', () => {
  const note = cosignNote(signCheckpoint(checkpoint, log), witness, 1_700_000_000);
  const keys = { log: [log.verifier], witnesses: [witness.verifier] };
  expect(openCheckpoint(note, keys)).toMatchObject({
    ...checkpoint,
    cosignatures: [{ witness: witness.verifier, atSeconds: 1_700_000_000 }],
  });
});

test('a witness cannot speak for the log, and no other log for this one', () => {
  const byWitness = cosignNote(signCheckpoint(checkpoint, log), witness, 1);
  const witnessOnly = byWitness.replace(/— city.*\n/, '');
  const keys = { log: [log.verifier], witnesses: [witness.verifier] };
  expect(() => openCheckpoint(witnessOnly, keys)).toThrow('not signed by the log');
  const other = makeSignerKey('other.example/audit', 'ed25519');
  const inOurName = signNote(formatCheckpoint(checkpoint), other);
  expect(() => openCheckpoint(inOurName, { log: [other.verifier] })).toThrow('not signed by the log');
  expect(() => signCheckpoint(checkpoint, other)).toThrow(NoteError);
  expect(() => openCheckpoint(signCheckpoint(checkpoint, log), { log: [other.verifier] })).toThrow('no trusted key');
});

test('a successor is judged', async () => {
  const kept = KeptHashes.ofSize(12);
  const forked = new KeptHashes([new Uint8Array(1), new Uint8Array(2)]);
  const at = async (size: number, from = kept) => ({ origin: 'a', size, root: await rootOf(size, from.read) });
  const proof = await consistencyProof(5, 12, kept.read);
  expect(judgeSuccessor(await at(5), await at(12), proof)).toBe('grown');
  expect(judgeSuccessor(await at(0), await at(12), [])).toBe('grown');
  expect(judgeSuccessor(await at(5), await at(5), [])).toBe('same');
  expect(judgeSuccessor(await at(5), await at(4), [])).toBe('shorter');
  expect(judgeSuccessor(await at(2), await at(2, forked), [])).toBe('forked');
  expect(judgeSuccessor(await at(2, forked), await at(12), proof)).toBe('unproven');
  expect(judgeSuccessor({ ...(await at(5)), origin: 'b' }, await at(12), proof)).toBe('otherLog');
});

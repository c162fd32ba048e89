import { expect, test } from 'vitest';
import { hexToBytes } from '@noble/hashes/utils.js';
import {
  addSignatures,
  cosignNote,
  formatNote,
  formatSignerKey,
  formatVerifierKey,
  makeSignerKey,
  NoteError,
  openNote,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
  signText,
  verifierKey,
} from './note.ts';

/** The key and the note of the documentation of Go's golang.org/x/mod/sumdb/note. */
const goSigner = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const goVerifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const goNote = `${goText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

test("Go's published key and note come out byte for byte", () => {
  const signer = parseSignerKey(goSigner);
  expect(formatVerifierKey(signer.verifier)).toBe(goVerifier);
  expect(formatSignerKey(signer)).toBe(goSigner);
  expect(signNote(goText, signer)).toBe(goNote);
  expect(openNote(goNote, [parseVerifierKey(goVerifier)]).text).toBe(goText);
});

test("C2SP's example of a cosigned checkpoint has the ids of its keys' names, and keeps its bytes", () => {
  const note = [
    'example.com/behind-the-sofa',
    '20852163',
    'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    '',
    '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=',
    '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
    '',
  ].join('\n');
  const parsed = parseNote(note);
  expect(parsed.signatures.map(({ name, bytes }) => [name, bytes.length])).toEqual([
    ['example.com/behind-the-sofa', 64],
    ['witness.example.com/w1', 72],
  ]);
  expect(formatNote(parsed)).toBe(note);
});

test('a cosignature carries its time, and covers it', () => {
  const log = makeSignerKey('city.example/audit', 'ed25519');
  const witness = makeSignerKey('relay.example/w1', 'cosignature');
  const note = cosignNote(signNote('text\n', log), witness, 1_700_000_000);
  expect(
    openNote(note, [log.verifier, witness.verifier]).verified.map(({ cosignedAtSeconds }) => cosignedAtSeconds),
  ).toEqual([null, 1_700_000_000]);
  const { text, signatures } = parseNote(note);
  const later = signatures.map((signature) => {
    if (signature.name !== witness.verifier.name) return signature;
    const bytes = Uint8Array.from(signature.bytes);
    bytes[7] = (bytes[7] ?? 0) + 1;
    return { ...signature, bytes };
  });
  expect(() => openNote(formatNote({ text, signatures: later }), [log.verifier, witness.verifier])).toThrow('is wrong');
  // Who does not know the witness passes over its signature.
  expect(openNote(formatNote({ text, signatures: later }), [log.verifier]).verified).toHaveLength(1);
});

test('a cosignature is no signature of a log, by the same secret key either', () => {
  const log = makeSignerKey('city.example/audit', 'ed25519');
  const witness = {
    verifier: verifierKey(log.verifier.name, 'cosignature', log.verifier.publicKey),
    secretKey: log.secretKey,
  };
  const [signature] = parseNote(signNote('text\n', log)).signatures;
  expect(witness.verifier.id).not.toBe(log.verifier.id);
  const disguised = formatNote({
    text: 'text\n',
    signatures: [{ ...signText('text\n', witness, 1), id: log.verifier.id }],
  });
  expect(signature).toBeDefined();
  expect(() => openNote(disguised, [log.verifier])).toThrow(NoteError);
});

test('a signature by the same key replaces the old one', () => {
  const log = makeSignerKey('city.example/audit', 'ed25519');
  const witness = makeSignerKey('relay.example/w1', 'cosignature');
  const first = cosignNote(signNote('text\n', log), witness, 1);
  const second = addSignatures(first, signText('text\n', witness, 2));
  expect(openNote(second, [witness.verifier]).verified.map(({ cosignedAtSeconds }) => cosignedAtSeconds)).toEqual([2]);
});

test.each([
  ['no signature', goText],
  ['no last newline', goNote.trimEnd()],
  ['a control character', goNote.replace('answer', 'ans\twer')],
  ['another text', goNote.replace('answer', 'anzwer')],
  ['a changed signature', goNote.replace('x08go/ZJ', 'x08go/ZK')],
  ['another id', goNote.replace('x08go', 'x08gp')],
  ['a line that is no signature', `${goNote}more\n`],
  ['a doubled signature', `${goNote}${goNote.slice(goNote.lastIndexOf('—'))}`],
  ['another spelling of base64', goNote.replace('JnAM=', 'JnAN=')],
  ['a double space', goNote.replace('— Peter', '—  Peter')],
  ['nothing', ''],
])('a note with %s is refused', (_what, note) => {
  expect(() => openNote(note, [parseVerifierKey(goVerifier)])).toThrow(NoteError);
});

test.each([
  '',
  'PeterNeumann',
  goVerifier.replace('c74f20a3', 'c74f20a4'),
  goVerifier.replace('c74f20a3', 'C74F20A3'),
  goVerifier.replace('PeterNeumann', 'Peter Neumann'),
  goVerifier.replace('+ARpc', '+AhpC'),
  `${goVerifier}+`,
  goVerifier.slice(0, -4),
])('%j is no key', (text) => {
  expect(() => parseVerifierKey(text)).toThrow(NoteError);
});

test('a secret key that is wrong does not show itself in the error', () => {
  const wrong = goSigner.replace('c74f20a3', 'c74f20a4');
  expect(() => parseSignerKey(wrong)).toThrow(NoteError);
  expect(() => parseSignerKey(wrong)).not.toThrow('AYEKFA');
});

test('keys are 32 bytes', () => {
  expect(() => verifierKey('a.example', 'ed25519', hexToBytes('00'))).toThrow(NoteError);
});

import { assert, asyncProperty, constantFrom, json, oneof, string, tuple, uint8Array, array } from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../bytes/bytes.ts';
import { canonicalText } from '../entry/entry.ts';
import { gather, TrainingLog } from '../testing/TrainingLog.ts';
import { verifyBundle, writeBundle } from './bundle.ts';

const log = TrainingLog.ofSize(5);
const bundle = await gather(writeBundle(log.source()));
const lines = (fromUtf8(bundle) ?? '').trimEnd().split('\n');
const trusted = { log: [log.signer.verifier] };

test('whatever bytes come, the answer is that they are bad', async () => {
  await assert(
    asyncProperty(array(uint8Array({ maxLength: 200 }), { maxLength: 10 }), async (pieces) => {
      expect(await verifyBundle(pieces, trusted)).toMatchObject({ ok: false });
    }),
  );
});

test('whatever JSON stands in a field of a line, it is bad and nothing is thrown', async () => {
  const paths = lines.flatMap((line, at) => Object.keys(JSON.parse(line) as object).map((name) => [at, name] as const));
  await assert(
    asyncProperty(constantFrom(...paths), json({ maxDepth: 4 }), async ([at, name], value) => {
      const fields = JSON.parse(lines[at] ?? '') as Record<string, unknown>;
      const text = canonicalText({ ...fields, [name]: JSON.parse(value) as unknown });
      const changed = lines.with(at, text);
      const verdict = await verifyBundle([toUtf8(`${changed.join('\n')}\n`)], { log: 'asClaimed' });
      expect(verdict.ok).toBe(text === lines[at]);
    }),
    { numRuns: 300 },
  );
});

test('names that objects have of themselves are no names here', async () => {
  const hostile = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  await assert(
    asyncProperty(tuple(constantFrom(...hostile), oneof(string(), constantFrom('erased'))), async ([name, value]) => {
      const openings = `"openings":{${JSON.stringify(name)}:${JSON.stringify(value)},`;
      const changed = (fromUtf8(bundle) ?? '').replace('"openings":{', openings);
      expect(await verifyBundle([toUtf8(changed)], trusted)).toMatchObject({ ok: false });
      const details = (fromUtf8(bundle) ?? '').replace('"details":{', `"details":{${JSON.stringify(name)}:1,`);
      expect(await verifyBundle([toUtf8(details)], trusted)).toMatchObject({ ok: false });
    }),
    { numRuns: 50 },
  );
});

test('a line that never ends is given up', async () => {
  function* endless() {
    for (let piece = 0; piece < 100; piece += 1) yield new Uint8Array(100_000).fill(0x61);
  }
  expect(await verifyBundle(endless(), trusted)).toMatchObject({ ok: false, fault: { line: 1 } });
});

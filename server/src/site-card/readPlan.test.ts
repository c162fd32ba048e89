import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPlan } from './readPlan.ts';
import { makeChunk, makePng } from './testing/makePng.ts';

test('a floor plan is decoded and written anew, and means the same when it is read again', async () => {
  const plan = await readPlan(makePng());
  expect(plan).toMatchObject({ width: 4, height: 3 });
  expect(await readPlan(plan.png)).toEqual(plan);
});

test('what else was in the file is not kept', async () => {
  const secret = Buffer.from('Comment\0taken at 43.04, -87.91');
  const file = makePng({ between: [makeChunk('tEXt', secret), makeChunk('eXIf', secret)] });
  expect(file.includes('taken at')).toBe(true);
  const { png } = await readPlan(file);
  expect(png.includes('taken at')).toBe(false);
  expect(png).toEqual((await readPlan(makePng())).png);
});

const whole = makePng();
const flipped = Buffer.from(whole);
flipped.writeUInt8(whole.readUInt8(45) ^ 1, 45);
const badFilter = Buffer.alloc(3 * 17);
badFilter.writeUInt8(9, 17);

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['a web page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a file that is cut off', whole.subarray(0, whole.length - 6)],
  ['a changed bit', flipped],
  ['something behind its end', makePng({ behind: Buffer.from('PK\x03\x04') })],
  [
    'a length beyond the file',
    Buffer.concat([whole.subarray(0, 8), Buffer.from('7fffffff49484452', 'hex'), Buffer.alloc(8)]),
  ],
  ['no picture', Buffer.concat([whole.subarray(0, 33), makeChunk('IEND', Buffer.alloc(0))])],
  ['two headers', Buffer.concat([whole.subarray(0, 33), whole.subarray(8)])],
  ['no width', makePng({ width: 0 })],
  ['more pixels than are taken', makePng({ width: 2_001, height: 1 })],
  [
    'four thousand million pixels in a hundred bytes',
    makePng({ width: 65_535, height: 65_535, rows: Buffer.alloc(9) }),
  ],
  ['a palette', makePng({ how: [8, 3, 0, 0, 0] })],
  ['16 bits a channel', makePng({ how: [16, 6, 0, 0, 0] })],
  ['interlaced rows', makePng({ how: [8, 6, 0, 0, 1] })],
  ['fewer rows than it says', makePng({ rows: Buffer.alloc(17) })],
  ['a bomb: more rows than it says', makePng({ rows: Buffer.alloc(10_000_000) })],
  ['a filter that there is not', makePng({ rows: badFilter })],
  [
    'rows that are not compressed',
    Buffer.concat([whole.subarray(0, 33), makeChunk('IDAT', Buffer.from('rows')), makeChunk('IEND', Buffer.alloc(0))]),
  ],
])('refused: %s', async (_, file) => {
  await expect(readPlan(file)).rejects.toMatchObject({
    code: 'badRequest',
    message: expect.stringContaining('floor plan'),
  });
});

test('picture data in many chunks is one picture', async () => {
  const rows = Buffer.concat(Array.from({ length: 3 }, () => Buffer.alloc(17)));
  const packed = deflateSync(rows);
  const header = whole.subarray(0, 33);
  const parts = [packed.subarray(0, 3), packed.subarray(3, 4), packed.subarray(4)].map((part) =>
    makeChunk('IDAT', part),
  );
  const file = Buffer.concat([header, ...parts, makeChunk('IEND', Buffer.alloc(0))]);
  expect(await readPlan(file)).toMatchObject({ width: 4, height: 3 });
});

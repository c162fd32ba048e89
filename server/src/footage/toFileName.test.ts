import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { toFileName } from './toFileName.ts';

test.each([
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\Windows\\System32\\evil.mp4', 'evil.mp4'],
  ['/absolute/path/door.mp4', 'door.mp4'],
  ['..', 'footage'],
  ['.', 'footage'],
  ['', 'footage'],
  ['folder/', 'footage'],
  ['.htaccess', 'htaccess'],
  ['cam\0era\r\nSet-Cookie: x.mp4', 'cameraSet-Cookie_ x.mp4'],
  ['\u202Egpj.exe', 'gpj.exe'],
  ['con.mp4', '_con.mp4'],
  ['LPT1', '_LPT1'],
  ['a"; filename="b.exe', 'a_; filename=_b.exe'],
  ['stream.mp4::$DATA', 'stream.mp4__$DATA'],
  ['Cámara del jardín 3.mkv', 'Cámara del jardín 3.mkv'],
  ['half \uD800 a pair.mp4', 'half \uFFFD a pair.mp4'],
])('%j becomes %j', (given, name) => {
  expect(toFileName(given)).toBe(name);
});

test('a long name keeps its ending', () => {
  const name = toFileName(`${'ü'.repeat(500)}.mp4`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
  expect(name).toMatch(/^ü+\.mp4$/);
});

test.each([
  ['letters', `${'a'.repeat(1_000_000)}.mp4`, /^a{176}\.mp4$/],
  ['dots in the middle', `a${'.'.repeat(1_000_000)}x`, /^a\.+x$/],
  ['spaces', `a${' \t'.repeat(1_000_000)}.mp4`, /^a.?\.mp4$/],
  ['folders', `${'a/'.repeat(1_000_000)}door.mp4`, /^door\.mp4$/],
  ['dots at the end of what is left', `${'a'.repeat(175)}${'.'.repeat(20)}${'b'.repeat(60)}`, /^a{175}$/],
])('a name of a million %s is cut before it is looked at', (_, given, name) => {
  expect(toFileName(given)).toMatch(name);
});

test('whatever the name is, it is one name and leads nowhere', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = toFileName(given);
      expect(name).not.toMatch(/[/\\\p{Cc}]|^\.|^\s*$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    }),
  );
});

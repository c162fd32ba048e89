import { expect, test } from 'vitest';
import { glossaryBreaches, wordsOf } from './rules/glossary.ts';
import { sourceFiles } from './rules/repositoryFiles.ts';

test("names are the glossary's words", () => {
  expect(sourceFiles().flatMap(glossaryBreaches)).toEqual([]);
});

test.each([
  'const cameraFeed = 1;',
  'const { data } = answer;',
  'const [event] = events();',
  'function open(info: string) {}',
  'const open = ({ size: { data } }) => data;',
  'interface Publisher {}',
  'class StreamManager {}',
  'class Wall { participants = []; }',
  'type Answer = { subscriberCount: number };',
  'const x = { feedUrl: 1 };',
  'try {} catch (event) {}',
])('a breach is found: %s', (text) => {
  expect(glossaryBreaches({ path: 'server/src/a.ts', text })).toHaveLength(1);
});

test('a breach in a path is found', () => {
  expect(glossaryBreaches({ path: 'server/src/utils/text.ts', text: '' })).toHaveLength(1);
  expect(glossaryBreaches({ path: 'client/src/FeedTile.tsx', text: '' })).toHaveLength(1);
});

test.each([
  "logger.info('started');",
  'const body = answer.data;',
  'const { data: wall } = answer;',
  'const auditEvent = { data: 1 };',
  "socket.on('data', handlePiece);",
  "import { inspect } from 'node:util';",
])('what others named, or names more closely, is no breach: %s', (text) => {
  expect(glossaryBreaches({ path: 'server/src/a.ts', text })).toEqual([]);
});

test('names are split into words', () => {
  expect(wordsOf('openRTSPFeed2')).toEqual(['open', 'rtsp', 'feed', '2']);
  expect(wordsOf('CAMERA_FEEDS')).toEqual(['camera', 'feeds']);
});

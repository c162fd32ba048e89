import { expect, test } from 'vitest';
import { boundaryBreaches } from './rules/boundaries.ts';
import { sourceFiles } from './rules/repositoryFiles.ts';

test('every package imports only what it may', () => {
  expect(sourceFiles().flatMap(boundaryBreaches)).toEqual([]);
});

test.each([
  ['types/src/a.ts', "import { b } from '@commonsight/server';"],
  ['server/src/a.ts', "import { b } from '@commonsight/sfu';"],
  ['server/src/a.ts', "import { b } from '@commonsight/worker';"],
  ['client/src/a.tsx', "export { b } from '@commonsight/server/b';"],
  ['sfu/src/a.ts', "import { b } from './../relay/src/b.ts';"],
  ['sfu/src/a.ts', "import { leafHash } from 'commonsight-verify/tree';"],
  ['types/src/a.ts', "import { leafHash } from 'commonsight-verify/tree';"],
  ['types/verify/src/a.ts', "import { idSchema } from '@commonsight/types/ids';"],
  ['types/verify/src/a.ts', "import { idSchema } from '../../src/ids.ts';"],
  ['sfu/relay/src/a.ts', "const b = await import('../../src/b.ts');"],
  ['tests/e2e/a.ts', "import type { B } from '../../server/src/b.ts';"],
  ['server/src/a.ts', "import text from '../../docker/compose.yml';"],
  ['server/src/a.ts', "export * from '../../types/src/ids.ts';"],
])('a breach is found: %s, %s', (path, text) => {
  expect(boundaryBreaches({ path, text })).toHaveLength(1);
});

test.each([
  ['server/src/a/b.ts', "import { c } from '../c.ts'; import { z } from 'zod';"],
  ['sfu/relay/src/a.ts', "import { workerBinary } from '@commonsight/worker';"],
  ['tests/e2e/a.ts', "import { routes } from '@commonsight/types/http/routes';"],
  ['client/src/a.ts', "import type { Wall } from '@commonsight/types/wall';"],
  ['client/src/a.ts', "import { verifyBundle } from 'commonsight-verify/bundle';"],
])('what may be imported is no breach: %s, %s', (path, text) => {
  expect(boundaryBreaches({ path, text })).toEqual([]);
});

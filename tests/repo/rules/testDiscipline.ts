import { type Expression, parseSync, Visitor } from 'oxc-parser';
import { breach, type RepositoryFile } from './repositoryFiles.ts';

const testFunctions = new Set(['test', 'it', 'describe', 'suite', 'bench']);
/** What leaves a test out or leaves the others out, in vitest and in Playwright. */
const exceptions = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fails', 'fixme', 'fail', 'slow']);
const oldNames = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

export function disciplineBreaches(file: RepositoryFile): string[] {
  const breaches: string[] = [];
  const visitor = new Visitor({
    CallExpression({ callee, start }) {
      const names = memberNames(callee);
      const [first = '', ...rest] = names;
      const isException = testFunctions.has(first) && rest.some((name) => exceptions.has(name));
      if (isException || (oldNames.has(first) && rest.length === 0)) {
        breaches.push(breach(file, start, `calls ${names.join('.')}: every test runs, and none alone`));
      }
    },
  });
  visitor.visit(parseSync(file.path, file.text).program);
  return breaches;
}

/** `test.describe.only` as its three names; of `test.each(rows)('...')` the names of what is called in the end. */
function memberNames(callee: Expression): string[] {
  if (callee.type === 'Identifier') return [callee.name];
  if (callee.type === 'CallExpression') return memberNames(callee.callee);
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return [];
  return [...memberNames(callee.object), callee.property.name];
}

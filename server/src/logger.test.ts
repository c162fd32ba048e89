import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function log(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const to = { write: (line: string) => void (text += line) };
  write(createLogger('info', to));
  return text;
}

test('a failed query is logged without its values', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Key (token)=(hunter2) already exists.',
    params: ['hunter2'],
  });
  const error = new DrizzleQueryError('insert into sessions values ($1)', ['hunter2'], cause);
  const line = log((logger) => logger.error({ err: new Error('outer', { cause: error }) }, 'A request failed.'));
  expect(line).toContain('insert into sessions');
  expect(line).toContain('duplicate key');
  expect(line).toContain('23505');
  expect(line).toContain('logger.test.ts');
  expect(line).not.toContain('hunter2');
});

test('what is named like a secret is cut out', () => {
  const line = log((logger) => logger.info({ password: 'hunter2', relay: { token: 'hunter2', name: 'R' } }, 'x'));
  expect(line).not.toContain('hunter2');
  expect(line).toContain('"name":"R"');
});

test('what is thrown and is no error is logged as text', () => {
  expect(log((logger) => logger.error({ err: 'stop' }, 'x'))).toContain('"message":"stop"');
});

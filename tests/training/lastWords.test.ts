import { expect, test } from 'vitest';
import { lastWords } from './lastWords.ts';

test('the last line that the logger calls an error, with the error in it', () => {
  const output = [
    '{"level":30,"msg":"starting"}',
    '{"level":60,"msg":"The server cannot start","err":{"message":"The database is locked."}}',
    '{"level":30,"msg":"bye"}',
  ];
  expect(lastWords(output.join('\n'))).toBe('The server cannot start: The database is locked.');
});

test('of an uncaught error the line that says what happened', () => {
  const output = `file:///main.ts:3
throw new Error('no');
      ^

Error: The setting PORT is wrong.
    at file:///main.ts:3:7
    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)

Node.js v24.21.0
`;
  expect(lastWords(output)).toBe('Error: The setting PORT is wrong.');
});

test('of plain lines the last one, and nothing of nothing', () => {
  expect(lastWords("one\nCan't bind port\n\n")).toBe("Can't bind port");
  expect(lastWords('{"level":30,"msg":"starting"}\n')).toBe('it wrote nothing');
  expect(lastWords('')).toBe('it wrote nothing');
});

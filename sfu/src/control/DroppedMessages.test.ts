import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DroppedMessages } from './DroppedMessages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('ten thousand dropped messages are counted and make one line a period', () => {
  const lines: string[] = [];
  const dropped = new DroppedMessages(pino({}, { write: (line: string) => lines.push(line) }));
  for (let round = 0; round < 10_000; round += 1) dropped.count(round % 2 === 0 ? 'unknownName' : 'noAcknowledgement');
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ dropped: { unknownName: 5_000, noAcknowledgement: 5_000 } });
  dropped.count('unknownName');
  dropped.close();
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
});

import type { SupervisedViewing } from '@commonsight/types/viewing';
import { describe, expect, test } from 'vitest';
import { aSupervisedViewing } from '../testing/records.ts';
import { flowOf, summarise, viewingRows } from './viewingRows.ts';

const nowMs = Date.parse('2026-01-01T12:00:00.000Z');
const ago = (seconds: number) => new Date(nowMs - seconds * 1000).toISOString();
const everything = { words: '', onlyNotFlowing: false, onlyFlagged: false };

function viewing(id: string, change: Partial<SupervisedViewing> = {}): SupervisedViewing {
  return aSupervisedViewing({
    id,
    user: { id: 'user-1', name: 'Kim Lo', role: 'analyst' },
    startedAt: ago(100),
    traffic: { viewingId: id, packets: 100, bytes: 100_000, packetsPerSecond: 120 },
    ...change,
  });
}

const stopped = { viewingId: 'b', packets: 100, bytes: 100_000, packetsPerSecond: 0 };

test('newest first, and a line that ends keeps its place', () => {
  const running = [viewing('a', { startedAt: ago(300) }), viewing('b', { startedAt: ago(10) }), viewing('c')];
  expect(viewingRows(running, everything, nowMs).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  const ended = running.map((line) => (line.id === 'c' ? { ...line, endedAt: ago(5) } : line));
  expect(viewingRows(ended, everything, nowMs).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('an ended viewing stays for a minute', () => {
  const lines = [viewing('a', { endedAt: ago(59) }), viewing('b', { endedAt: ago(61) })];
  expect(viewingRows(lines, everything, nowMs).map(({ id }) => id)).toEqual(['a']);
});

describe('the filter', () => {
  const lines = [
    viewing('a'),
    viewing('b', { cameraName: 'Riverwalk', traffic: stopped }),
    viewing('c', { user: { id: 'user-2', name: 'Amara Okafor', role: 'dispatcher' }, traffic: null }),
  ];

  test.each([
    ['kim', ['a', 'b']],
    ['DISPATCHER', ['c']],
    ['#2041 river', ['b']],
    ['violent crime', ['a', 'b', 'c']],
    ['nobody', []],
  ])('%s finds %j', (words, ids) => {
    const rows = viewingRows(lines, { ...everything, words }, nowMs);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  test('finds a purpose as the agency’s policy calls it', () => {
    const found = (words: string) =>
      viewingRows(
        lines,
        { ...everything, words },
        nowMs,
        () => false,
        () => 'Serious assault',
      ).length;
    expect([found('serious'), found('violent')]).toEqual([3, 0]);
  });

  test('shows what was flagged', () => {
    const rows = viewingRows(lines, { ...everything, onlyFlagged: true }, nowMs, ({ id }) => id === 'c');
    expect(rows.map(({ id }) => id)).toEqual(['c']);
  });

  test('shows what does not flow, and not what was not reported yet', () => {
    expect(viewingRows(lines, { ...everything, onlyNotFlowing: true }, nowMs).map(({ id }) => id)).toEqual(['b']);
    expect(lines.map(flowOf)).toEqual(['flowing', 'notFlowing', 'unknown']);
  });
});

test('the summary counts what runs', () => {
  const lines = [
    viewing('a'),
    viewing('b', { traffic: stopped, cameraId: 'camera-2' }),
    viewing('c', { endedAt: ago(1), user: { id: 'user-2', name: 'Amara', role: 'dispatcher' } }),
  ];
  expect(summarise(lines)).toEqual({ running: 2, users: 1, cameras: 2, notFlowing: 1 });
});

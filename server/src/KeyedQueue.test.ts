import { describe, expect, it, vi } from 'vitest';
import { KeyedQueue } from './KeyedQueue.ts';

describe('KeyedQueue', () => {
  it('runs tasks of one key in their order, also after one that fails, and others beside them', async () => {
    const queue = new KeyedQueue();
    const done: string[] = [];
    let open = () => undefined as void;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const first = queue.run('a', async () => {
      await gate;
      done.push('first');
      throw new Error('broken');
    });
    const second = queue.run('a', async () => done.push('second'));
    await queue.run('b', async () => done.push('beside'));
    expect(done).toEqual(['beside']);
    open();
    await expect(first).rejects.toThrow('broken');
    await second;
    expect(done).toEqual(['beside', 'first', 'second']);
  });

  it('refuses what would wait behind too many, and does not begin what nobody waits for', async () => {
    vi.useFakeTimers();
    const queue = new KeyedQueue({ maximumLength: 2, maximumWaitMs: 1_000 });
    let open = () => undefined as void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const first = queue.run('a', () => gate);
    let hasBegun = false;
    const second = queue.run('a', async () => {
      hasBegun = true;
    });
    await expect(queue.run('a', async () => undefined)).rejects.toMatchObject({ code: 'tooManyRequests' });
    await queue.run('b', async () => undefined);
    vi.advanceTimersByTime(1_001);
    open();
    await first;
    await expect(second).rejects.toMatchObject({ code: 'timedOut' });
    vi.useRealTimers();
    expect(hasBegun).toBe(false);
    const unlimited = new KeyedQueue({ maximumLength: 2 });
    for (let index = 0; index < 5; index += 1) expect(await unlimited.run('a', async () => index)).toBe(index);
  });

  it('runs as many tasks of one key side by side as it is told, and begins the others in their order', async () => {
    const queue = new KeyedQueue({ width: 2 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const tasks = [0, 1, 2, 3].map((index) =>
      queue.run('a', () => {
        begun.push(index);
        return new Promise<void>((resolve) => (ends[index] = resolve));
      }),
    );
    expect(begun).toEqual([0, 1]);
    ends[1]?.();
    await tasks[1];
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]));
    for (const index of [0, 2]) ends[index]?.();
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 2, 3]));
    ends[3]?.();
    await Promise.all(tasks);
  });

  it('lets the next one in beside a task that takes long, and no further one when that ends', async () => {
    vi.useFakeTimers();
    try {
      const queue = new KeyedQueue({ maximumHoldMs: 100 });
      const begun: number[] = [];
      const ends: (() => void)[] = [];
      const tasks = [0, 1, 2].map((index) =>
        queue.run('a', () => {
          begun.push(index);
          return new Promise<void>((resolve) => (ends[index] = resolve));
        }),
      );
      await vi.advanceTimersByTimeAsync(99);
      expect(begun).toEqual([0]);
      await vi.advanceTimersByTimeAsync(1);
      expect(begun).toEqual([0, 1]);
      ends[0]?.();
      await tasks[0];
      expect(begun).toEqual([0, 1]);
      ends[1]?.();
      await tasks[1];
      await vi.advanceTimersByTimeAsync(0);
      expect(begun).toEqual([0, 1, 2]);
      ends[2]?.();
      await tasks[2];
    } finally {
      vi.useRealTimers();
    }
  });
});

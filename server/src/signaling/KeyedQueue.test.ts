import { describe, expect, it } from 'vitest';
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
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveState, type RedisPort } from './LiveState.ts';

/** A Redis that answers nothing, until it does. */
class HangingRedis implements RedisPort {
  readonly isReady = true;
  isHanging = true;
  asked = 0;
  onReady: () => void = () => undefined;

  #answer<T>(value: T): Promise<T> {
    this.asked += 1;
    return this.isHanging ? new Promise(() => undefined) : Promise.resolve(value);
  }

  get = () => this.#answer('value');
  set = () => this.#answer('OK');
  del = () => this.#answer(1);
  hSet = () => this.#answer(1);
  hDel = () => this.#answer(1);
  hGetAll = () => this.#answer({ field: 'value' });
  expire = () => this.#answer(1);
  on(_name: 'ready', listener: () => void): void {
    this.onReady = listener;
  }
  off(): void {
    this.onReady = () => undefined;
  }
}

describe('LiveState', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('waits half a second for a Redis that hangs, and for two seconds then not at all', async () => {
    const redis = new HangingRedis();
    const state = new LiveState(redis);
    const first = state.read('key');
    await vi.advanceTimersByTimeAsync(500);
    expect(await first).toBeNull();
    expect(await state.write('key', 'value', { seconds: 1 })).toBe(false);
    expect(await state.readFields('key')).toBeNull();
    expect(redis.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    redis.isHanging = false;
    expect(await state.read('key')).toBe('value');
    expect(await state.write('key', 'value', { seconds: 1 })).toBe(true);
  });

  it('counts connections, so that copies of an earlier one are not trusted', () => {
    const redis = new HangingRedis();
    const state = new LiveState(redis);
    const returned = vi.fn<() => void>();
    state.onReturned(returned);
    const { generation } = state;
    redis.onReady();
    expect(state.generation).toBe(generation + 1);
    expect(returned).toHaveBeenCalledOnce();
    state.close();
    redis.onReady();
    expect(returned).toHaveBeenCalledOnce();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectionChange, SignalingClient } from './SignalingClient.ts';
import type { SignalingSocket } from './SignalingSocket.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';

type Acknowledge = (error: Error | null, answer: unknown) => void;

class FakeSocket implements SignalingSocket {
  connected = true;
  active = true;
  connects = 0;
  disconnects = 0;
  emitted: { name: string; payload: unknown; acknowledge: Acknowledge; timeoutMs: number }[] = [];
  #listeners = new Map<string, (...parts: unknown[]) => void>();
  #anyListener: (name: string, ...parts: unknown[]) => void = () => undefined;

  connect(): void {
    this.connects += 1;
  }
  disconnect(): void {
    this.disconnects += 1;
  }
  on(name: string, listener: (...parts: unknown[]) => void): void {
    this.#listeners.set(name, listener);
  }
  onAny(listener: (name: string, ...parts: unknown[]) => void): void {
    this.#anyListener = listener;
  }
  removeAllListeners(): void {
    this.#listeners.clear();
  }
  timeout(timeoutMs: number) {
    return {
      emit: (name: string, payload: unknown, acknowledge: Acknowledge) => {
        this.emitted.push({ name, payload, acknowledge, timeoutMs });
      },
    };
  }
  happen(name: string, ...parts: unknown[]): void {
    this.#listeners.get(name)?.(...parts);
  }
  notify(name: string, payload: unknown): void {
    this.#anyListener(name, payload);
  }
}

function setUp() {
  const socket = new FakeSocket();
  const client = SignalingClient.create(socket);
  const changes: ConnectionChange[] = [];
  client.onConnectionChange((change) => changes.push(change));
  return { socket, client, changes };
}

describe('SignalingClient', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('MSG1: gives the answer as a value, success and failure alike', async () => {
    const { socket, client } = setUp();
    const read = client.request('clock:read', {});
    expect(socket.emitted[0]).toMatchObject({ name: 'clock:read', payload: {} });
    socket.emitted[0]?.acknowledge(null, { ok: true, value: { serverTimeMs: 5 } });
    expect(await read).toEqual({ ok: true, value: { serverTimeMs: 5 } });

    const undo = client.request('wall:undo', { wallId: id });
    const refusal = { ok: false, error: { code: 'conflict', message: 'Nothing to undo.' } };
    socket.emitted[1]?.acknowledge(null, refusal);
    expect(await undo).toEqual(refusal);
  });

  it('MSG3: does not believe an answer that has not the agreed form', async () => {
    const { socket, client } = setUp();
    const read = client.request('clock:read', {});
    socket.emitted[0]?.acknowledge(null, { ok: true, value: { serverTimeMs: 'noon' } });
    expect(await read).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('answers itself when the server is late or away', async () => {
    const { socket, client } = setUp();
    const late = client.request('clock:read', {}, 500);
    expect(socket.emitted[0]?.timeoutMs).toBe(500);
    socket.emitted[0]?.acknowledge(new Error('operation has timed out'), undefined);
    expect(await late).toMatchObject({ ok: false, error: { code: 'timedOut' } });

    socket.connected = false;
    expect(await client.request('clock:read', {})).toMatchObject({ ok: false, error: { code: 'timedOut' } });
    expect(socket.emitted).toHaveLength(1);
  });

  it('MSG3, MSG4: passes on notifications that have the agreed form, and counts the others', () => {
    const { socket, client } = setUp();
    const heard: string[] = [];
    const stop = client.on('peer:closed', ({ peerId }) => heard.push(peerId));
    socket.notify('peer:closed', { peerId: id });
    socket.notify('peer:closed', { peerId: 7 });
    socket.notify('peer:exploded', {});
    socket.notify('toString', {});
    expect(heard).toEqual([id]);
    expect(client.droppedCount).toBe(3);
    stop();
    socket.notify('peer:closed', { peerId: id });
    expect(heard).toHaveLength(1);
  });

  it('tells when the connection comes, goes and comes again', () => {
    const { socket, changes } = setUp();
    socket.happen('connect');
    socket.happen('disconnect', 'transport close');
    socket.happen('connect');
    expect(changes).toEqual([
      { state: 'connected', isAgain: false },
      { state: 'lost' },
      { state: 'connected', isAgain: true },
    ]);
  });

  it('tries again where socket.io gives up', () => {
    const { socket, client, changes } = setUp();
    socket.active = false;
    socket.happen('connect_error', new Error('notSignedIn'));
    expect(changes).toEqual([{ state: 'refused', message: 'notSignedIn' }]);
    expect(socket.connects).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect(socket.connects).toBe(1);
    socket.happen('disconnect', 'io server disconnect');
    client.close();
    vi.advanceTimersByTime(2_000);
    expect(socket.connects).toBe(1);
  });

  it('leaves the retry to socket.io where that goes on by itself', () => {
    const { socket } = setUp();
    socket.happen('disconnect', 'transport close');
    vi.advanceTimersByTime(10_000);
    expect(socket.connects).toBe(0);
  });

  it('is quiet after it was closed', () => {
    const { socket, client, changes } = setUp();
    client.close();
    client.close();
    expect(socket.disconnects).toBe(1);
    socket.happen('connect');
    client.open();
    expect(changes).toEqual([]);
    expect(socket.connects).toBe(0);
  });
});

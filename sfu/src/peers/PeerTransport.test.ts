import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import { PeerTransport } from './PeerTransport.ts';

/** What is listened to of mediasoup's transport. */
class FakeTransport extends EventEmitter {
  readonly observer = new EventEmitter();

  close(): void {
    this.observer.emit('close');
  }
}

let fake: FakeTransport;
let transport: PeerTransport;
let gone: PeerTransport[];

beforeEach(async () => {
  vi.useFakeTimers();
  fake = new FakeTransport();
  gone = [];
  const worker = { router: { createWebRtcTransport: async () => fake } } as unknown as MediaWorker;
  transport = await PeerTransport.create(worker, (one) => gone.push(one));
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(['closed', 'failed'])('when DTLS is %s the transport is gone after a grace time, told once', (state) => {
  fake.emit('dtlsstatechange', state);
  fake.emit('dtlsstatechange', state);
  vi.advanceTimersByTime(1_999);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([transport]);
});

test('a transport that is closed meanwhile, because another one replaced it, is not told as gone', () => {
  fake.emit('dtlsstatechange', 'closed');
  transport.close();
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([]);
});

test('a connection that comes up is not gone', () => {
  fake.emit('dtlsstatechange', 'connecting');
  fake.emit('dtlsstatechange', 'connected');
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([]);
});

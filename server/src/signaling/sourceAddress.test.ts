import { describe, expect, it } from 'vitest';
import { sourceAddress } from './sourceAddress.ts';

const request = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
});

describe('sourceAddress', () => {
  it('believes nobody without a proxy', () => {
    expect(sourceAddress(request('127.0.0.1', '203.0.113.7'), false)).toBe('127.0.0.1');
  });

  it('believes a near proxy, and of its list only what proxies have added', () => {
    expect(sourceAddress(request('10.0.0.2', '203.0.113.7'), true)).toBe('203.0.113.7');
    expect(sourceAddress(request('::ffff:10.0.0.2', '198.51.100.1, 203.0.113.7, 172.16.0.9'), true)).toBe(
      '203.0.113.7',
    );
    expect(sourceAddress(request('::1', 'made up, 192.168.1.5'), true)).toBe('192.168.1.5');
  });

  it('believes no far caller', () => {
    expect(sourceAddress(request('203.0.113.9', '10.0.0.1'), true)).toBe('203.0.113.9');
    expect(sourceAddress(request('10.0.0.2'), true)).toBe('10.0.0.2');
  });
});

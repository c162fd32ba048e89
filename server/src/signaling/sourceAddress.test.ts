import { describe, expect, it } from 'vitest';
import { isProxyOf } from '../proxies.ts';
import { sourceAddress } from './sourceAddress.ts';

const request = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
});

describe('sourceAddress', () => {
  const near = isProxyOf(['loopback', 'private']);

  it('believes nobody without a proxy', () => {
    expect(sourceAddress(request('127.0.0.1', '203.0.113.7'), isProxyOf([]))).toBe('127.0.0.1');
  });

  it('believes a proxy, and of its list only what proxies have added', () => {
    expect(sourceAddress(request('10.0.0.2', '203.0.113.7'), near)).toBe('203.0.113.7');
    expect(sourceAddress(request('::ffff:10.0.0.2', '198.51.100.1, 203.0.113.7, 172.16.0.9'), near)).toBe(
      '203.0.113.7',
    );
    expect(sourceAddress(request('::1', 'made up, 192.168.1.5'), near)).toBe('192.168.1.5');
  });

  it('believes no caller who is no proxy, however near', () => {
    expect(sourceAddress(request('203.0.113.9', '10.0.0.1'), near)).toBe('203.0.113.9');
    expect(sourceAddress(request('10.0.0.2'), near)).toBe('10.0.0.2');
    const one = isProxyOf(['10.0.0.2']);
    expect(sourceAddress(request('10.0.0.3', '203.0.113.7'), one)).toBe('10.0.0.3');
    expect(sourceAddress(request('10.0.0.2', '203.0.113.7, 10.0.0.3'), one)).toBe('10.0.0.3');
  });
});

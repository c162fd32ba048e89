import { expect, test } from 'vitest';
import { ownPath } from './ownPath.ts';

const own = ['camera.example', '10.0.0.7'];

test.each([
  ['rtsp://10.0.0.7/live', { port: 554, path: '/live' }],
  ['rtsp://10.0.0.7:8554/live?a=1#x', { port: 8554, path: '/live?a=1' }],
  ['RTSP://Camera.Example', { port: 554, path: '/' }],
  ['rtsp://admin:12345@10.0.0.7?a=1', { port: 554, path: '/?a=1' }],
])('takes %s', (url, expected) => {
  expect(ownPath(url, 'rtsp', own)).toEqual(expected);
});

test.each([
  'rtsp://10.0.0.8/live',
  'rtsp://10.0.0.7@10.0.0.8/live',
  'rtsp://10.0.0.8#@10.0.0.7/live',
  'rtsp://10.0.0.8\\@10.0.0.7/live',
  'rtsp://10.0.0.7.example/live',
  'http://10.0.0.7/live',
  'rtsp:///live',
  'rtsp://10.0.0.7:0/live',
  'rtsp://10.0.0.7:99999/live',
  'rtsp://10.0.0.7/a b',
  'rtsp://10.0.0.7/a\r\nX: 1',
  'rtsp://0x0a000007/live',
  `rtsp://10.0.0.7/${'a'.repeat(600)}`,
  '',
])('does not take %j', (url) => {
  expect(ownPath(url, 'rtsp', own)).toBeUndefined();
});

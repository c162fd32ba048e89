import { describe, expect, test } from 'vitest';
import { controlUrls } from './controlUrls.ts';

const origin = 'rtsp://10.0.0.7:8554';
const parts = {
  origin,
  requestUrl: `${origin}/cam/main`,
  contentBase: `${origin}/cam/main/`,
  control: 'trackID=1',
  aggregateControl: '*',
};
const tracksOf = (changed: Partial<typeof parts> | { contentBase: undefined }) =>
  controlUrls({ ...parts, ...changed }).map(({ track }) => track);

describe('controlUrls', () => {
  test('appends a relative control to the base', () => {
    expect(controlUrls(parts)[0]).toEqual({ track: `${origin}/cam/main/trackID=1`, aggregate: `${origin}/cam/main/` });
  });

  test('takes the request when there is no base, and adds the slash', () => {
    expect(tracksOf({ contentBase: undefined })).toEqual([`${origin}/cam/main/trackID=1`]);
  });

  test('takes the request when the base leads nowhere', () => {
    expect(tracksOf({ contentBase: 'rtsp://0.0.0.0:0/' })).toEqual([`${origin}/cam/main/trackID=1`]);
    expect(tracksOf({ contentBase: 'nonsense' })).toEqual([`${origin}/cam/main/trackID=1`]);
  });

  test('reads a long base in one pass', () => {
    // Tried again from each character it would take minutes, in which no other camera is served.
    const contentBase = `rtsp://${'a'.repeat(300_000)}/\rb`;
    expect(tracksOf({ contentBase })).toEqual([`${origin}/cam/main/trackID=1`]);
  });

  test('keeps the path of a base with another host, and our host', () => {
    expect(tracksOf({ contentBase: 'rtsp://192.168.0.2/inner/' })).toEqual([
      `${origin}/inner/trackID=1`,
      `${origin}/cam/main/trackID=1`,
    ]);
  });

  test('means a path below the stream first when a control begins with a slash', () => {
    expect(tracksOf({ control: '/trackID=1' })).toEqual([`${origin}/cam/main/trackID=1`, `${origin}/trackID=1`]);
  });

  test('takes the path of an absolute control, and never its host', () => {
    expect(tracksOf({ control: 'rtsp://169.254.169.254/cam/main/track1' })).toEqual([`${origin}/cam/main/track1`]);
    expect(tracksOf({ control: 'rtsp://user:pass@10.0.0.7/x y' })[0]).toContain(`${origin}/cam/main/`);
  });

  test('appends behind a query', () => {
    const requestUrl = `${origin}/realmonitor?channel=1&subtype=0`;
    expect(tracksOf({ requestUrl, contentBase: `${requestUrl}/` })[0]).toBe(`${requestUrl}/trackID=1`);
  });

  test('takes the base itself without a control', () => {
    expect(tracksOf({ control: '*' })).toEqual([`${origin}/cam/main/`, `${origin}/cam/main`]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CameraError } from './CameraError.ts';
import { readDescription } from './readDescription.ts';

const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=Media Presentation',
  'a=control:*',
  'm=audio 0 RTP/AVP 8',
  'a=control:trackID=2',
  'm=video 0 RTP/AVP 97',
  'a=rtpmap:97 H264/90000',
  'a=fmtp:97 packetization-mode=1; profile-level-id=640033; sprop-parameter-sets=Z0LAHg==,aM48gA==',
  'a=control:trackID=1',
];

describe('readDescription', () => {
  test('finds the first H264 track behind other tracks', () => {
    expect(readDescription(sdp.join('\r\n'))).toEqual({
      payloadType: 97,
      control: 'trackID=1',
      aggregateControl: '*',
      parameterSets: [Buffer.from('6742c01e', 'hex'), Buffer.from('68ce3c80', 'hex')],
    });
  });

  test('reads an SDP with a second s=, a broken c=, trailing spaces and bare line feeds', () => {
    const broken = sdp.flatMap((line) => (line.startsWith('s=') ? [line, 's=again', 'c=IN IP4', 'b=', 'x'] : [line]));
    expect(readDescription(broken.join(' \n')).payloadType).toBe(97);
  });

  test('passes over parameter sets that are missing or no base 64', () => {
    const replaced = (sets: string) => sdp.join('\n').replace('Z0LAHg==,aM48gA==', sets);
    expect(readDescription(replaced('')).parameterSets).toEqual([]);
    expect(readDescription(replaced(',,')).parameterSets).toEqual([]);
    expect(readDescription(sdp.join('\n').replace(/a=fmtp.*/, '')).parameterSets).toEqual([]);
  });

  test.each([
    ['h265Only', sdp.join('\n').replace('H264', 'H265')],
    ['noH264', sdp.join('\n').replace('H264', 'JPEG')],
    ['noH264', ''],
    ['noH264', 'm=video'],
  ])('says %s', (fault, text) => {
    expect(() => readDescription(text)).toThrow(expect.objectContaining({ fault }));
  });

  test('does not read a description that is longer than any camera’s', () => {
    const text = `${sdp.join('\n')}\n${'a=x\n'.repeat(10_000)}`;
    expect(() => readDescription(text)).toThrow('at a length that is not read');
  });

  test('survives whatever a camera sends', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...sdp),
      fc.string().map((text) => `a=${text}`),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const read = () => readDescription(lines.join('\n'));
        expect(errorOf(read) ?? new CameraError('refused')).toBeInstanceOf(CameraError);
      }),
    );
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

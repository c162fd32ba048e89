import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeaders } from './RtspMessage.ts';
import { RtspReader } from './RtspReader.ts';

const rtp = (marker: number, bytes = 20) => Buffer.from([0x80, 96, ...Array(bytes - 3).fill(0), marker]);
const frame = (channel: number, packet: Buffer) =>
  Buffer.concat([Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]), packet]);

function readAll(chunks: readonly Buffer[], knownChannels: readonly number[] = [0, 1]) {
  const pieces: string[] = [];
  const reader = new RtspReader({
    handleResponse: ({ status, headers, body }) =>
      pieces.push(`response ${status} ${headers.get('cseq')?.join() ?? '-'} ${body}`.trim()),
    handleRequest: ({ method }) => pieces.push(`request ${method}`),
    handleFrame: (channel, bytes, start, end) =>
      pieces.push(`frame ${channel} ${end - start} ${bytes[end - 1] as number}`),
    handleNonsense: () => pieces.push('nonsense'),
    isKnownChannel: (channel) => knownChannels.includes(channel),
  });
  for (const chunk of chunks) reader.read(chunk);
  return pieces;
}

const answer = 'RTSP/1.0 200 OK\r\ncSeQ: 3\r\nContent-Length: 4\r\n\r\nbody';

describe('RtspReader', () => {
  test('reads responses and frames however they are cut', () => {
    const bytes = Buffer.concat([Buffer.from(answer), frame(0, rtp(7)), frame(5, rtp(8)), Buffer.from(answer)]);
    const expected = ['response 200 3 body', 'frame 0 20 7', 'frame 5 20 8', 'response 200 3 body'];
    expect(readAll([bytes])).toEqual(expected);
    expect(readAll([...bytes].map((byte) => Buffer.from([byte])))).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const sorted = [0, ...cuts.sort((one, other) => one - other), bytes.length];
        const chunks = sorted.slice(1).map((cut, index) => bytes.subarray(sorted[index], cut));
        expect(readAll(chunks)).toEqual(expected);
      }),
    );
  });

  test('reads a head once, however small the pieces of its body are', () => {
    // Read again with each byte of the body it would take minutes.
    const head = `RTSP/1.0 200 OK\r\nCSeq: 3\r\n${'X: y\r\n'.repeat(10_000)}Content-Length: 200000\r\n\r\n`;
    const body = Array.from({ length: 200_000 }, () => Buffer.from('b'));
    expect(readAll([Buffer.from(head), ...body, Buffer.from(answer)])).toEqual([
      `response 200 3 ${'b'.repeat(200_000)}`,
      'response 200 3 body',
    ]);
  });

  test('joins the folds of a header', () => {
    const headers = readHeaders(['A: 1', ...Array<string>(300_000).fill(' 2'), 'B:', ' 3', 'a: 4', '', 'no header']);
    expect(headers.get('a')).toEqual([`1${' 2'.repeat(300_000)}`, '4']);
    expect(headers.get('b')).toEqual(['3']);
  });

  test('takes bare line feeds, folded headers and requests of the camera', () => {
    const text =
      'RTSP/1.0 401 No\nWWW-Authenticate: Digest realm="a",\n nonce="b"\n\nSET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\n\r\n';
    expect(readAll([Buffer.from(text)])).toEqual(['response 401 -', 'request SET_PARAMETER']);
  });

  test.each([
    ['a program stream header', Buffer.from([0, 0, 1, 0xba, 0xff, 0x0d, 0x0a, 0x7f, 0, 0x45, 0xc3])],
    ['dollar signs', Buffer.from('$$$ and $100 more')],
    ['a frame of a channel that nobody set up', Buffer.from([9, 0x24, 77, 0, 9, 0x80, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['capital letters', Buffer.from('ABC DEF\r\nGHI')],
  ])('steps over junk between frames: %s', (_, junk) => {
    const bytes = Buffer.concat([
      frame(0, rtp(1)),
      junk,
      frame(0, rtp(2)),
      junk,
      Buffer.from(answer),
      frame(1, rtp(3)),
    ]);
    const pieces = readAll([bytes]).filter((piece) => !piece.includes('frame 77'));
    expect(pieces).toEqual(['frame 0 20 1', 'frame 0 20 2', 'response 200 3 body', 'frame 1 20 3']);
  });

  test('a web server is nonsense', () => {
    expect(readAll([Buffer.from('HTT'), Buffer.from('P/1.1 400 Bad Request\r\n\r\n'), rtp(1)])).toEqual(['nonsense']);
  });

  test('an endless head, an endless body and endless junk are nonsense', () => {
    expect(readAll([Buffer.from(`RTSP/1.0 200 OK\r\nA: ${'a'.repeat(70_000)}`)])).toEqual(['nonsense']);
    expect(readAll([Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n')])).toEqual(['nonsense']);
    expect(readAll(Array.from({ length: 40 }, () => Buffer.alloc(30_000)))).toEqual(['nonsense']);
  });

  test('survives whatever comes', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ maxLength: 60 }).map((text) => Buffer.from(`RTSP/1.0 ${text}\r\n\r\n`)),
      fc.constantFrom(Buffer.from('$'), Buffer.from('RTSP/1.'), Buffer.from('\r\n\r\n'), frame(0, rtp(1))),
    );
    const survives = fc.property(fc.array(piece), (chunks) => void readAll(chunks));
    expect(() => fc.assert(survives)).not.toThrow();
  });
});

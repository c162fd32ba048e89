import { describe, expect, it } from 'vitest';
import { joinAnnexB } from '../h264/annexB.ts';
import { LOOP_FRAMES } from '../stamp.ts';
import { collectPackets } from '../testing/collectPackets.ts';
import { decode } from '../testing/decode.ts';
import { depacketise } from '../testing/depacketise.ts';
import { barRows, clockText, drawBar } from './drawBar.ts';

function difference(picture: ArrayLike<number>, bar: Uint8Array): number {
  let most = 0;
  for (let at = 0; at < bar.length; at += 1) most = Math.max(most, Math.abs((picture[at] ?? 0) - (bar[at] ?? 0)));
  return most;
}

describe('the bar above the picture', () => {
  it.each([
    ['main', 1280, 720],
    ['sub', 640, 360],
  ] as const)(
    'shows name and running time in %s to the last pixel',
    async (stream, width, height) => {
      const fromFrame = 170_000_000 * LOOP_FRAMES + LOOP_FRAMES - 60;
      const { pictures } = await collectPackets({ stream, fromFrame, frames: 150 });
      const decoded = await decode({
        width,
        height,
        frames: 150,
        input: ['-f', 'h264', '-i', 'pipe:0'],
        bytes: joinAnnexB(pictures.flatMap((packets) => depacketise(packets))),
      });
      expect(decoded).toHaveLength(150);
      for (const [index, picture] of decoded.entries()) {
        const clock = clockText(((fromFrame + index) * 1000) / 30);
        const bar = drawBar('Harbor & 3rd', clock, width);
        expect(bar).toHaveLength(width * barRows(width) * 16);
        expect(difference(picture.data, bar)).toBe(0);
      }
    },
    180_000,
  );
});

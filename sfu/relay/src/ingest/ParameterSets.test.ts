import { describe, expect, test } from 'vitest';
import { ParameterSets } from './ParameterSets.ts';

const sps360 = Buffer.from('6742c01ed900a02ff970110000030001000003003c0f162e48', 'hex');
const sps720 = Buffer.from('674d401feca02802dd8088000003000800000301e078c18cb0', 'hex');
const pps0 = Buffer.from('68ce3c80', 'hex');
const pps1 = Buffer.from('685bcf20', 'hex');
const startCode = Buffer.from([0, 0, 0, 1]);

describe('ParameterSets', () => {
  test('are complete with both, SPS first', () => {
    const sets = new ParameterSets();
    sets.remember(pps0);
    expect(sets.units).toBeUndefined();
    sets.remember(sps360);
    expect(sets.units).toEqual([sps360, pps0]);
    expect(sets.size).toEqual({ width: 640, height: 360 });
  });

  test('the newest of an id counts, and others stay', () => {
    const sets = new ParameterSets();
    for (const set of [sps360, pps0, pps1, sps720]) sets.remember(set);
    expect(sets.units).toEqual([sps720, pps0, pps1]);
    expect(sets.size).toEqual({ width: 1280, height: 720 });
  });

  test('are found behind start codes', () => {
    const sets = new ParameterSets();
    sets.remember(Buffer.concat([startCode, sps360, startCode, pps0]));
    expect(sets.units).toEqual([sps360, pps0]);
  });

  test('keep their bytes when the packet is gone', () => {
    const sets = new ParameterSets();
    const packet = Buffer.concat([sps360]);
    sets.remember(packet);
    sets.remember(pps0);
    packet.fill(0);
    expect(sets.units).toEqual([sps360, pps0]);
  });

  test('pass over everything else', () => {
    const sets = new ParameterSets();
    for (const unit of [Buffer.alloc(0), Buffer.from([0x65, 1, 2, 3]), Buffer.from([0x67]), Buffer.alloc(900, 0x68)]) {
      sets.remember(unit);
    }
    expect(sets.units).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { machineAdvice, silentWords } from './relayWords.ts';

const well = {
  process: { busyCores: 0.5, memoryMegabytes: 100 },
  machine: { cores: 2, load: 1, memoryMegabytes: 4_000, freeMemoryMegabytes: 2_000 },
};

test('a machine that is short of memory or processor is said to be, with what to do', () => {
  expect(machineAdvice(well).isShort).toBe(false);
  const { machine } = well;
  expect(machineAdvice({ ...well, machine: { ...machine, freeMemoryMegabytes: 300 } })).toMatchObject({
    isShort: true,
    words: expect.stringContaining('memory'),
  });
  expect(machineAdvice({ ...well, machine: { ...machine, load: 5 } })).toMatchObject({
    isShort: true,
    words: expect.stringContaining('busy'),
  });
});

test('a relay that does not tell is away, busy or old', () => {
  expect(silentWords({ code: 'relayOffline', message: 'm' })).toContain('power');
  expect(silentWords({ code: 'timedOut', message: 'm' })).toContain('wait a minute');
  expect(silentWords({ code: 'badRequest', message: 'm' })).toContain('Update');
});

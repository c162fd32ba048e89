import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { leadingZeroBits, progressAfter, solveProof } from './solveProof.ts';

test('a solution is one by another SHA-256 too, and progress is told', () => {
  const told: number[] = [];
  const solution = solveProof({ token: 'a.token', difficultyBits: 10 }, (progress) => told.push(progress));
  const hash = createHash('sha256').update(`a.token.${solution}`, 'utf8').digest();
  expect(leadingZeroBits(hash)).toBeGreaterThanOrEqual(10);
  expect(told[0]).toBe(0);
});

test('zero bits are counted over whole and parts of bytes', () => {
  expect(leadingZeroBits(Uint8Array.of(0, 0, 0x10))).toBe(19);
  expect(leadingZeroBits(Uint8Array.of(0x80))).toBe(0);
});

test('progress grows and never ends by itself', () => {
  expect(progressAfter(0, 16)).toBe(0);
  expect(progressAfter(2 ** 16, 16)).toBeCloseTo(0.632, 2);
  expect(progressAfter(2 ** 18, 16)).toBeLessThan(1);
});

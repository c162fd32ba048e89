import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { OrderChallenges } from './OrderChallenges.ts';

const lifeMs = 15_000;
let challenges: OrderChallenges;

beforeEach(() => {
  challenges = new OrderChallenges();
});

describe('ALE4 a challenge', () => {
  it('is good once, for fifteen seconds', () => {
    const one = challenges.make(1_000.7);
    expect(one).toHaveLength(43);
    expect(challenges.take(one, 1_000.7)).toBe(true);
    expect(challenges.take(one, 1_001)).toBe(false);
    expect(challenges.take(challenges.make(2_000), 2_000 + lifeMs - 1)).toBe(true);
    expect(challenges.take(challenges.make(30_000), 30_000 + lifeMs)).toBe(false);
  });

  it('is void as soon as a later one is taken, also one of the same moment', () => {
    const [first, second, third] = [challenges.make(0), challenges.make(0), challenges.make(0)];
    expect(challenges.take(second, 1)).toBe(true);
    expect(challenges.take(first, 1)).toBe(false);
    expect(challenges.take(third, 1)).toBe(true);
  });

  it('stays good however many others are asked for', () => {
    const one = challenges.make(0);
    for (let time = 0; time < 1_000; time += 1) challenges.make(time);
    expect(challenges.take(one, 1_000)).toBe(true);
  });

  it('says why it is not good', () => {
    const one = challenges.make(0);
    challenges.spend(one, 1);
    expect(() => challenges.spend(one, 1)).toThrow('The order came too late, was used before');
  });

  it('is of this start, and whole', () => {
    expect(challenges.take(new OrderChallenges().make(0), 0)).toBe(false);
    expect(challenges.take(randomBytes(32).toString('base64url'), 0)).toBe(false);
    const bytes = Buffer.from(challenges.make(0), 'base64url');
    bytes.writeUIntBE(9, 0, 6);
    expect(challenges.take(bytes.toString('base64url'), 0)).toBe(false);
    expect(challenges.take('short', 0)).toBe(false);
  });
});

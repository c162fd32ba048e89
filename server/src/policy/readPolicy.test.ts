import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { purposeSchema } from '@commonsight/types/purpose';
import { constantFrom, assert as forAll, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePolicies } from './comparePolicies.ts';
import { PolicyError, readPolicy } from './readPolicy.ts';

const folder = join(import.meta.dirname, '../../policies');
const readShipped = (name: string) => readFileSync(join(folder, name), 'utf8');
const text = readShipped('reference-city.yaml');

const lineOf = (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

function isTakenOrRefused(changed: string): boolean {
  try {
    readPolicy(changed);
    return true;
  } catch (error) {
    return error instanceof PolicyError;
  }
}

function refusal(broken: string): string {
  try {
    readPolicy(broken);
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  throw new Error('It was taken.');
}

describe('the packs that are shipped', () => {
  test.each(readdirSync(folder))('%s is one, and its hash is that of its bytes', (name) => {
    const { hash } = readPolicy(readShipped(name));
    expect(hash).toBe(
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    );
  });

  test('the reference city allows every purpose, watches no homes and lets trainings run for weeks', () => {
    const { pack } = readPolicy(text);
    expect(Object.keys(pack.purposes).toSorted()).toEqual(purposeSchema.options.toSorted());
    expect(pack.residential.allowsLiveView).toBe(false);
    expect(pack.purposes.training?.maximumMinutes).toBe(30 * 24 * 60);
  });

  test('San Francisco: 24 hours, a captain for criminal investigations, seven days to justify, a source for each value', () => {
    const sanFrancisco = readShipped('san-francisco.yaml');
    const { pack } = readPolicy(sanFrancisco);
    for (const rule of Object.values(pack.purposes)) expect(rule.maximumMinutes).toBeLessThanOrEqual(24 * 60);
    expect(pack.purposes.violentCrime?.approvedBy).toEqual(['supervisor']);
    expect(pack.purposes.propertyCrime?.approvedBy).toEqual(['supervisor']);
    expect(pack.breakGlass.justificationHours).toBe(7 * 24);
    const values = sanFrancisco.split('\n').filter((line) => /^ +[a-zA-Z]+: [^>]/.test(line) && !/^ +name:/.test(line));
    expect(values.length).toBeGreaterThan(25);
    for (const line of values) expect(line).toMatch(/# \[(Policy|19\.6|19B|CJIS|Project)\]/);
  });
});

describe('what is wrong is named with its line and what to do', () => {
  test.each([
    [
      'an unknown key',
      text.replace('samplePercent: 5', 'samplePercent: 5\n  vendor: 1'),
      'review.vendor is not known here. Correct',
    ],
    [
      'a missing key',
      text.replace('  requireSecondFactor: never\n', ''),
      'session.requireSecondFactor is missing. Add it',
    ],
    ['a double key', `${text}\nreview:\n  samplePercent: 1\n`, 'This key stands twice'],
    [
      'a word for a number',
      text.replace('samplePercent: 5', 'samplePercent: few'),
      'review.samplePercent must be a number',
    ],
    [
      'half a minute',
      text.replace('timeOutMinutes: 30', 'timeOutMinutes: 0.5'),
      'approval.timeOutMinutes must be a whole number',
    ],
    ['no number', text.replace('samplePercent: 5', 'samplePercent: .nan'), 'review.samplePercent must be a number'],
    ['too much', text.replace('samplePercent: 5', 'samplePercent: 101'), 'review.samplePercent must be at most 100'],
    ['another purpose', text.replace('  violentCrime:', '  plateSearch:'), 'purposes.plateSearch is not known here'],
    [
      'a default over the maximum',
      text.replace('defaultMinutes: 30', 'defaultMinutes: 999'),
      'is longer than maximumMinutes',
    ],
    [
      'an approver outside the chain',
      text.replace('approvedBy: []', 'approvedBy: [auditor]'),
      'must be analyst or dispatcher',
    ],
    [
      'an approver who may not',
      text.replace('approvedBy: []', 'approvedBy: [supervisor, dispatcher]'),
      'only supervisor may',
    ],
    ['an approver twice', text.replace('approvedBy: []', 'approvedBy: [supervisor, supervisor]'), 'has a role twice'],
    [
      'a dispatch without rules',
      text.replace(/ {2}emergencyResponse:[\s\S]*? {2}violentCrime:/, '  violentCrime:'),
      'is not one of the purposes above',
    ],
    ['an anchor', text.replace('name: Training', 'name: &name Training'), 'Remove the anchor &name'],
    ['an alias', text.replace('name: Training', 'name: *name'), '*name'],
    ['a tag', text.replace('name: Training', 'name: !secret Training'), '!secret'],
    ['a key that is no key', text.replace('review:', '__proto__: 1\nreview:'), 'This key is no word'],
    ['a list for a key', text.replace('review:', '? [a]\n: 1\nreview:'), 'This key is no word'],
    ['a second document', `${text}\n---\n${text}`, 'A policy is one document'],
    ['no YAML', '{', 'This is not YAML'],
    ['nothing', '', 'must be a map of keys'],
    [
      'another format',
      text.replace('commonsight-policy-1', 'commonsight-policy-2'),
      'format must be commonsight-policy-1',
    ],
  ])('%s', (_what, broken, message) => {
    expect(refusal(broken)).toMatch(/^Line \d+: /);
    expect(refusal(broken)).toContain(message);
  });

  test('the line is the right one, and more than one thing is told', () => {
    const broken = text.replace('samplePercent: 5', 'samplePercent: few').replace('idleMinutes: 30', 'idle: 30');
    expect(refusal(broken)).toBe(
      `Line ${lineOf('samplePercent')}: review.samplePercent must be a number. ` +
        `Line ${lineOf('session:')}: session.idleMinutes is missing. Add it. ` +
        `Line ${lineOf('idleMinutes')}: session.idle is not known here. Correct its spelling or remove it.`,
    );
  });

  test('a file that is too large is not even looked at', () => {
    expect(refusal(`${text}#${'x'.repeat(40_000)}`)).toContain('larger than 32 KB');
  });

  test('no text makes it fail in another way', () => {
    const piece = constantFrom(
      '&a',
      '*a',
      '!!map',
      '<<:',
      '? ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ': ',
      '\n',
      '\t',
      '"',
      "'",
      '|',
      '>',
      '%',
    );
    forAll(
      property(integer({ min: 0, max: text.length }), piece, string(), (at, first, second) => {
        const changed = text.slice(0, at) + first + second + text.slice(at);
        expect(isTakenOrRefused(changed)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('two packs are compared value by value', () => {
  const changed = text
    .replace('samplePercent: 5', 'samplePercent: 20')
    .replace('approvedBy: []', 'approvedBy: [supervisor]')
    .replace('purpose: emergencyResponse', 'purpose: null');
  expect(comparePolicies(readPolicy(text).pack, readPolicy(changed).pack)).toEqual([
    { path: 'purposes.emergencyResponse.approvedBy', before: '', after: 'supervisor' },
    { path: 'dispatch.purpose', before: 'emergencyResponse', after: 'null' },
    { path: 'review.samplePercent', before: '5', after: '20' },
  ]);
  expect(comparePolicies(readPolicy(text).pack, readPolicy(`${text}# a comment\n`).pack)).toEqual([]);
});

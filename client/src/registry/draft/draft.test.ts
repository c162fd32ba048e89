import { expect, test } from 'vitest';
import { changeOf, contactOf, detailsOf, numberOf } from './answers.ts';
import { type Draft, emptyDraft, toggled } from './Draft.ts';
import { forgetDraft, keepDraft, readDraft } from './draftMemory.ts';
import { problemsOf } from './problems.ts';
import { openStep, stepsFor } from './openStep.ts';
import { steps } from './Step.ts';

const one = { agencyCount: 1, isVisit: false };
const area = { south: 43, west: -88, north: 43.1, east: -87.8 };

const complete: Draft = {
  ...emptyDraft,
  agency: 'lakeport',
  kind: 'home',
  placement: 'outdoor',
  address: ' 12 Harbor St ',
  latitude: '43,04',
  longitude: '-87.91',
  covers: ['street'],
  retentionDays: '14',
  recording: 'onMotion',
  clockOffsetSeconds: -60,
  name: 'Ana',
  email: ' ana@example.org ',
  agreedHash: 'a'.repeat(64),
};

function memory(kept: Record<string, string> = {}) {
  const values = new Map(Object.entries(kept));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

test('which agency is asked only where there are several', () => {
  expect(stepsFor(one)).not.toContain('agency');
  expect(stepsFor({ agencyCount: 2, isVisit: false })).toEqual(steps);
});

test('who has a visit is not asked what it knows', () => {
  const asked = stepsFor({ agencyCount: 2, isVisit: true });
  expect(steps.filter((step) => !asked.includes(step))).toEqual(['agency', 'contact']);
  expect(openStep('summary', asked, { ...complete, agency: null, name: '', email: '' }, area)).toBe('summary');
});

test('nothing of an empty draft goes on, and nothing stops a complete one', () => {
  const openSteps = (draft: Draft) => steps.filter((step) => Object.keys(problemsOf(step, draft, area)).length > 0);
  expect(openSteps(emptyDraft)).toEqual(steps.filter((step) => step !== 'view'));
  expect(openSteps(complete)).toEqual([]);
});

test('no question is skipped by its address', () => {
  const asked = stepsFor(one);
  expect(openStep('summary', asked, emptyDraft, area)).toBe('kind');
  expect(openStep('summary', asked, { ...complete, covers: [] }, area)).toBe('covers');
  expect(openStep('view', asked, { ...complete, covers: [] }, area)).toBe('view');
  expect(openStep('summary', asked, complete, area)).toBe('summary');
  expect(openStep('agency', asked, complete, area)).toBe('kind');
});

test('a place outside the area is named as that, and not where no area is known', () => {
  const far = { ...complete, latitude: '44' };
  expect(problemsOf('place', far, area)).toEqual({ latitude: 'outside' });
  expect(problemsOf('place', far, null)).toEqual({});
});

test('each field of the contact has its own problem', () => {
  expect(problemsOf('contact', { ...complete, name: ' ', email: 'ana', phone: 'call me' }, area)).toEqual({
    name: 'name',
    email: 'email',
    phone: 'phone',
  });
});

test('numbers are typed with a point or a comma', () => {
  expect(['43.5', ' -87,9 ', '1e3', '', '4 3'].map(numberOf)).toEqual([43.5, -87.9, null, null, null]);
});

test('a complete draft is what the contract asks for', () => {
  const position = { latitude: 43.04, longitude: -87.91 };
  expect(detailsOf(complete)).toMatchObject({ address: '12 Harbor St', position });
  expect(contactOf(complete)).toEqual({ name: 'Ana', email: 'ana@example.org', phone: null });
});

test('a retention that nobody knows is none', () => {
  const unknown = { ...complete, retentionDays: 'x', isRetentionUnknown: true };
  expect(problemsOf('retention', unknown, area)).toEqual({});
  expect(detailsOf(unknown)).toMatchObject({ retentionDays: null });
  expect(changeOf('retention', unknown)).toEqual({ retentionDays: null });
  expect(problemsOf('retention', { ...unknown, isRetentionUnknown: false }, area)).toEqual({ retentionDays: 'days' });
});

test('an answer changes its own fields only', () => {
  expect(changeOf('retention', complete)).toEqual({ retentionDays: 14 });
  expect(changeOf('contact', complete)).toEqual({ contact: { name: 'Ana', phone: null } });
});

test('a draft outlives a reload, and foreign or old ones count for nothing', () => {
  const storage = memory();
  keepDraft(storage, complete);
  expect(readDraft(storage)).toEqual(complete);
  forgetDraft(storage);
  expect(readDraft(storage)).toEqual(emptyDraft);
  for (const text of ['{', '{"kind":"boat"}']) {
    expect(readDraft(memory({ 'commonsight.registry.draft': text }))).toEqual(emptyDraft);
  }
});

test('what is covered keeps its order, however it is chosen', () => {
  expect(toggled(toggled(['alley'], 'street'), 'parking')).toEqual(['street', 'parking', 'alley']);
  expect(toggled(['street', 'alley'], 'street')).toEqual(['alley']);
});

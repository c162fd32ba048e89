import { type PushMessage, pushMessageSchema, type PushTopic } from '@commonsight/types/push';
import { describe, expect, it, test } from 'vitest';
import { noticeOf } from './noticeOf.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';
const at = '2026-01-05T10:00:00.000Z';

function textOf(about: PushTopic, changed: Partial<PushMessage> = {}): string {
  const message = {
    format: 'commonsight-push-message-1',
    subscriptionId: id,
    siteName: 'Corner shop',
    isDiscreet: false,
    sentAt: at,
    about,
    ...changed,
  };
  return JSON.stringify(pushMessageSchema.parse(message));
}

const began = { kind: 'alertBegan', alertId: id, isTest: false, trigger: 'webhook' } satisfies PushTopic;
const asked = { kind: 'extensionAsked', alertId: id, isTest: false, mayExtend: true, until: at } satisfies PushTopic;
const ended = { kind: 'alertEnded', alertId: id, isTest: false, end: 'time', hasShared: true } satisfies PushTopic;

describe('an alert', () => {
  it('says who began it, and stays on the screen', () => {
    expect(noticeOf(textOf(began))).toMatchObject({
      title: 'Alert at Corner shop',
      body: 'A button or sensor at the site began it. Open your page to follow or end it.',
      isLasting: true,
      subscriptionId: id,
      question: 'alert',
      actions: [{ action: 'end', title: 'End now' }],
    });
  });

  it('asks whether it goes on, with both answers, where it may', () => {
    expect(noticeOf(textOf(asked)).actions.map(({ action }) => action)).toEqual(['extend', 'end']);
    const { question, actions } = noticeOf(textOf({ ...asked, mayExtend: false }));
    expect([question, actions.length]).toEqual(['alert', 1]);
  });

  it('has one notice, which the last message is on', () => {
    const tags = [began, asked, ended].map((about) => noticeOf(textOf(about)).tag);
    expect(new Set(tags).size).toBe(1);
    expect(noticeOf(textOf(ended))).toMatchObject({ question: 'receipt', actions: [], isLasting: false });
    expect(noticeOf(textOf({ ...ended, hasShared: false })).body).toContain('before anything was shared');
  });

  it('is called a test when it is one', () => {
    for (const about of [began, asked, ended]) {
      expect(noticeOf(textOf({ ...about, isTest: true })).title).toMatch(/^Test alert at/);
    }
  });
});

test('a discreet notice says neither what happened nor where, and has no buttons', () => {
  for (const about of [began, asked, ended]) {
    const notice = noticeOf(textOf(about, { isDiscreet: true }));
    expect(`${notice.title} ${notice.body}`).not.toMatch(/alert|shop|police/i);
    expect(notice.actions).toEqual([]);
  }
});

test('cameras that are down are named when there is one, and counted else', () => {
  const down = { kind: 'cameraDown', isRelay: false, cameras: 1, cameraName: 'Yard', since: at } as const;
  expect(noticeOf(textOf(down)).title).toBe('Yard at Corner shop gives no picture');
  expect(noticeOf(textOf({ ...down, cameras: 3, cameraName: null })).title).toContain('3 cameras');
  expect(noticeOf(textOf({ ...down, isRelay: true, cameraName: null })).title).toContain('relay');
});

describe('PSH4 a notice takes the place', () => {
  const otherId = '0192f0c1-0000-7000-8000-000000000002';
  const down = { kind: 'cameraDown', isRelay: false, cameras: 2, cameraName: null, since: at } as const;
  const footage = { kind: 'footageAsked', deadline: at } as const;
  const tagOf = (about: PushTopic, changed: Partial<PushMessage> = {}) => noticeOf(textOf(about, changed)).tag;

  it('of the one before about the same at the same site', () => {
    expect(tagOf({ ...down, cameras: 3 })).toBe(tagOf(down));
    expect(tagOf(footage)).toBe(tagOf(footage));
  });

  it('of none of another site, also where both have one name', () => {
    for (const about of [down, { ...down, isRelay: true }, footage]) {
      expect(tagOf(about, { subscriptionId: otherId })).not.toBe(tagOf(about));
    }
  });

  it('of none about another outage: the relay’s is not its cameras’', () => {
    expect(tagOf({ ...down, isRelay: true })).not.toBe(tagOf(down));
  });
});

test('an alert whose trigger this worker does not know is an alert all the same', () => {
  const text = textOf(began).replace('"webhook"', '"drone"');
  expect(noticeOf(text)).toMatchObject({
    title: 'Alert at Corner shop',
    body: expect.stringContaining('It was begun at the site.'),
  });
});

test.each(['', 'no JSON', 'null', '{}', '{"format":"commonsight-push-message-2"}'])(
  'what cannot be read (%s) is shown as something to read',
  (text) => expect(noticeOf(text)).toMatchObject({ title: 'Commonsight', actions: [] }),
);

test('what a newer server tells about is something to read, at the right site', () => {
  const text = textOf(began).replace('alertBegan', 'somethingNew');
  expect(noticeOf(text)).toMatchObject({ title: 'Commonsight', subscriptionId: id });
});

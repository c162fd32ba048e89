import { describe, expect, it } from 'vitest';
import { controlNotifications, controlRequests } from '../control/control.ts';
import { relayNotifications, relayQuestions, relayRequests } from '../relay/relay-link.ts';
import { signalingNotifications } from './notifications.ts';
import { signalingRequests } from './requests.ts';

/** The first word of a request's act. Whoever needs another verb adds it. */
const verbs = new Set<string | undefined>([
  'add',
  'assign',
  'clear',
  'close',
  'connect',
  'cosign',
  'create',
  'discover',
  'dock',
  'end',
  'extend',
  'introduce',
  'join',
  'keep',
  'leave',
  'move',
  'offer',
  'open',
  'order',
  'pair',
  'pause',
  'prepare',
  'read',
  'replace',
  'restart',
  'resume',
  'save',
  'set',
  'snapshot',
  'start',
  'stop',
  'supervise',
  'take',
  'tell',
  'test',
  'undo',
]);

/** Told again and again, whatever has happened. */
const measurements = ['consumer:traffic', 'stream:clock', 'viewing:traffic'];

/** Past tenses that do not end in `ed`. Whoever needs another adds it. */
const irregular = new Set(['sent']);

const isNoun = (text: string) => /^[a-z]+([A-Z][a-z]+)*$/.test(text);

const nounOf = (name: string) => name.slice(0, name.indexOf(':'));
const actOf = (name: string) => name.slice(name.indexOf(':') + 1);

describe('the names of messages', () => {
  const requests = [signalingRequests, controlRequests, relayRequests, relayQuestions].flatMap(Object.keys);
  const notifications = [signalingNotifications, controlNotifications, relayNotifications].flatMap(Object.keys);

  it('MSG2 of requests are a noun and an imperative', () => {
    const isImperative = (name: string) => verbs.has(/^[a-z]+/.exec(actOf(name))?.[0]);
    expect(requests.filter((name) => !isImperative(name) || !isNoun(nounOf(name)))).toEqual([]);
    expect(requests.length).toBeGreaterThan(30);
  });

  it('MSG2 of notifications are a noun and past tense, but for measurements', () => {
    const isPast = (name: string) => isNoun(actOf(name)) && (actOf(name).endsWith('ed') || irregular.has(actOf(name)));
    const others = notifications.filter((name) => !isPast(name) || !isNoun(nounOf(name)));
    expect([...new Set(others)].toSorted()).toEqual(measurements);
    expect(notifications.length).toBeGreaterThan(20);
  });
});

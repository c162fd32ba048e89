import { expect, test } from 'vitest';
import { all, readXml, type XmlNode } from '../onvif/readXml.ts';
import { InputMemory } from './InputMemory.ts';
import { readInputEvents } from './readInputEvents.ts';

const notification = (parts: { topic?: string; operation?: string; name?: string; token?: string; state?: string }) => {
  const { topic = 'tns1:Device/Trigger/DigitalInput', operation = 'PropertyOperation="Changed"' } = parts;
  const { name = 'InputToken', token = 'In_1', state = 'true' } = parts;
  return (
    `<n:NotificationMessage xmlns:n="urn:n"><n:Topic>${topic}</n:Topic><n:Message><t:Message xmlns:t="urn:t" ${operation}>` +
    `<t:Source><t:SimpleItem Name="${name}" Value="${token}"/></t:Source>` +
    `<t:Data><t:SimpleItem Name="Other" Value="7"/><t:SimpleItem Name="LogicalState" Value="${state}"/></t:Data>` +
    '</t:Message></n:Message></n:NotificationMessage>'
  );
};
const read = (...notifications: string[]) => {
  const text = `<s:Body xmlns:s="urn:s"><e:PullMessagesResponse xmlns:e="urn:e">${notifications.join('')}</e:PullMessagesResponse></s:Body>`;
  const [body] = all(readXml(text), 'Body');
  return readInputEvents(body as XmlNode);
};

test('events of digital inputs are read, with either spelling of true, one or many', () => {
  expect(read(notification({}))).toEqual([{ input: 'In_1', isActive: true, isInitial: false }]);
  const many = read(notification({ state: '1' }), notification({ token: 'a &amp; b', state: 'false' }));
  expect(many).toEqual([
    { input: 'In_1', isActive: true, isInitial: false },
    { input: 'a & b', isActive: false, isInitial: false },
  ]);
});

test('how an input stands is no change, also when the camera does not say which it is', () => {
  expect(read(notification({ operation: 'PropertyOperation="Initialized"' }))[0]?.isInitial).toBe(true);
  expect(read(notification({ operation: '' }))[0]?.isInitial).toBe(true);
});

test.each([
  { topic: 'tns1:RuleEngine/CellMotionDetector/Motion' },
  { topic: 'tns1:Device/Trigger/DigitalInput/Extra' },
  { operation: 'PropertyOperation="Deleted"' },
  { name: 'VideoSourceToken' },
  { state: 'maybe' },
])('whatever else a camera tells is passed over: %o', (parts) => {
  expect(read(notification(parts))).toEqual([]);
});

test('of an answer no more is taken than a camera with inputs has to say', () => {
  expect(read(...Array.from({ length: 200 }, () => notification({})))).toHaveLength(50);
});

test('an answer without events, or of another kind, has none', () => {
  expect(read()).toEqual([]);
  expect(readInputEvents({ Fault: 'x' })).toEqual([]);
});

test('ALE9 a change is news once: not as it stands at first, not again, but also what happened in between', () => {
  const memory = new InputMemory();
  const told = (isActive: boolean, isInitial = false, input = 'In_1') => ({ input, isActive, isInitial });
  expect(memory.isChange(told(true, true), 0)).toBe(false);
  expect(memory.isChange(told(true), 1)).toBe(false);
  expect(memory.isChange(told(false), 2)).toBe(true);
  expect(memory.isChange(told(true, true), 3)).toBe(true);
  // A camera that tells changes alone.
  expect(memory.isChange(told(true, false, 'In_2'), 4)).toBe(true);
});

test('ALE9 a contact that bounces is news once of each kind in a fifth of a second, and a short press is not lost', () => {
  const memory = new InputMemory();
  const news = (nowMs: number, ...states: boolean[]) =>
    states.filter((isActive) => memory.isChange({ input: 'In_1', isActive, isInitial: false }, nowMs));
  expect(news(0, true, false)).toEqual([true, false]);
  expect(news(100, true, false, true, false)).toEqual([]);
  expect(news(200, true, false, true, false)).toEqual([true, false]);
  // How it stands is known all the same.
  expect(news(250, true)).toEqual([]);
  expect(news(1_000, true)).toEqual([]);
  expect(news(1_000, false)).toEqual([false]);
});

test('a camera that makes up inputs without end is not listened to', () => {
  const memory = new InputMemory();
  const taken = Array.from({ length: 200 }, (_, index) =>
    memory.isChange({ input: `In_${index}`, isActive: true, isInitial: false }, index),
  );
  expect(taken.filter(Boolean)).toHaveLength(64);
});

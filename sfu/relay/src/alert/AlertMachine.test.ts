import type { AlertSettings } from '@commonsight/types/relay/alert';
import { beforeEach, describe, expect, it } from 'vitest';
import { RelayError } from '../errors.ts';
import { AlertMachine } from './AlertMachine.ts';

const minute = 60_000;
const arm = 5_000;
let settings: AlertSettings | null;
let machine: AlertMachine;

beforeEach(() => {
  settings = { seconds: 1_800, mostSeconds: 3_600, note: '' };
  machine = new AlertMachine(() => settings);
});

const stageAt = (nowMs: number) => machine.state(nowMs)?.stage;

describe('ALE2 an alert', () => {
  it('arms for five seconds, shares for its length, asks two minutes before and ends by itself', () => {
    expect(machine.state(0)).toBeNull();
    machine.start('owner', false, 1_000);
    expect(machine.state(1_000)).toMatchObject({
      stage: 'arming',
      leftMs: arm,
      sharedMs: 0,
      mayExtend: false,
      end: null,
    });
    expect(machine.isSharing(1_000 + arm - 1)).toBe(false);
    expect(machine.isSharing(1_000 + arm)).toBe(true);
    expect(machine.state(1_000 + arm)).toMatchObject({ stage: 'sharing', leftMs: 30 * minute });
    const end = 1_000 + arm + 30 * minute;
    expect(stageAt(end - 2 * minute - 1)).toBe('sharing');
    expect(machine.state(end - 2 * minute)).toMatchObject({
      stage: 'extensionAsked',
      leftMs: 2 * minute,
      mayExtend: true,
    });
    expect(machine.isSharing(end - 1)).toBe(true);
    expect(machine.isSharing(end)).toBe(false);
    expect(machine.state(end + 10 * minute)).toMatchObject({ stage: 'ended', end: 'time', sharedMs: 30 * minute });
  });

  it('says when it reaches its next stage', () => {
    machine.start('owner', false, 0);
    const moments = [arm, arm + 28 * minute, arm + 30 * minute];
    for (const [at, moment] of moments.entries())
      expect(machine.nextMoment(at === 0 ? 0 : (moments[at - 1] ?? 0))).toBe(moment);
    expect(machine.nextMoment(arm + 30 * minute)).toBeNull();
  });

  it('is cancelled while it arms, and opens nothing', () => {
    machine.start('owner', false, 0);
    machine.end('owner', arm - 1);
    expect(machine.state(arm * 2)).toMatchObject({ stage: 'ended', end: 'cancelled', sharedMs: 0 });
    expect(machine.isSharing(arm)).toBe(false);
  });

  it('is not begun twice: a second trigger changes nothing, also not its length', () => {
    machine.start('owner', false, 0);
    const before = machine.state(10 * minute);
    machine.start('webhook', false, 10 * minute);
    expect(machine.state(10 * minute)).toEqual(before);
  });

  it('is extended by its length from now on, never over the maximum', () => {
    machine.start('owner', false, 0);
    machine.extend(arm + 29 * minute);
    expect(machine.state(arm + 29 * minute)).toMatchObject({ stage: 'sharing', leftMs: 30 * minute });
    machine.extend(arm + 50 * minute);
    expect(machine.state(arm + 50 * minute)).toMatchObject({ leftMs: 10 * minute });
    expect(machine.state(arm + 59 * minute)).toMatchObject({ stage: 'extensionAsked', mayExtend: false });
    expect(() => machine.extend(arm + 59 * minute)).toThrow('cannot be made longer');
    expect(stageAt(arm + 60 * minute)).toBe('ended');
    expect(() => machine.extend(arm + 61 * minute)).toThrow('No alert runs');
  });

  it('ends for its own incident alone', () => {
    machine.start('owner', false, 0);
    machine.end('incidentClosed', arm, 'another');
    expect(stageAt(arm)).toBe('sharing');
    machine.end('incidentClosed', arm, machine.state(arm)?.id);
    expect(machine.state(arm)).toMatchObject({ stage: 'ended', end: 'incidentClosed' });
  });

  it('follows a document that allows less, and ends with one that allows none', () => {
    machine.start('owner', false, 0);
    settings = { seconds: 60, mostSeconds: 600, note: '' };
    machine.heed(minute);
    expect(machine.isSharing(arm + 10 * minute)).toBe(false);
    expect(machine.isSharing(arm + 10 * minute - 1)).toBe(true);
    settings = { seconds: 60, mostSeconds: 60, note: '' };
    machine.heed(3 * minute);
    expect(machine.state(4 * minute)).toMatchObject({
      end: 'notAllowed',
      sharedMs: 3 * minute - arm,
      endedMsAgo: minute,
    });
    machine.start('owner', false, 4 * minute);
    settings = null;
    machine.heed(4 * minute + arm);
    expect(machine.state(4 * minute + arm)).toMatchObject({ stage: 'ended', end: 'notAllowed', endedMsAgo: 0 });
    expect(() => machine.start('owner', false, 5 * minute)).toThrow('no alert before');
  });

  it('begins anew after the last one, with its own end', () => {
    machine.start('owner', false, 0);
    const first = machine.state(0)?.id;
    machine.end('owner', minute);
    machine.start('console', false, 2 * minute);
    const second = machine.state(2 * minute);
    expect(second).toMatchObject({ stage: 'arming', trigger: 'console', sharedMs: 0, end: null, endedMsAgo: null });
    expect(second?.id).not.toBe(first);
    machine.end('incidentClosed', 3 * minute, first);
    expect(machine.isSharing(3 * minute)).toBe(true);
    expect(machine.isSharing(2 * minute + arm + 30 * minute)).toBe(false);
  });

  it('asks in the last third of a short one', () => {
    settings = { seconds: 30, mostSeconds: 30, note: '' };
    machine.start('owner', false, 0);
    expect(stageAt(arm + 19_999)).toBe('sharing');
    expect(stageAt(arm + 20_000)).toBe('extensionAsked');
  });
});

describe('ALE3 a test', () => {
  it('runs through every stage and shares nothing', () => {
    machine.start('owner', true, 0);
    for (const at of [0, arm, arm + 29 * minute, arm + 30 * minute]) expect(machine.isSharing(at)).toBe(false);
    expect(stageAt(arm + 29 * minute)).toBe('extensionAsked');
    expect(machine.state(arm + 31 * minute)).toMatchObject({ isTest: true, end: 'time' });
  });

  it('gives way to a real alert and stops none', () => {
    machine.start('owner', true, 0);
    machine.start('webhook', false, minute);
    expect(machine.state(minute)).toMatchObject({ isTest: false, stage: 'arming', trigger: 'webhook' });
    expect(() => machine.start('owner', true, minute)).toThrow('An alert runs');
  });
});

describe('ALE5 a local trigger that sticks', () => {
  /** What a sensor comes to that calls each minute, from one moment to another: the minutes in which cameras are shared. */
  function stick(fromMinute: number, toMinute: number): number {
    let shared = 0;
    for (let at = fromMinute; at < toMinute; at += 1) {
      try {
        machine.start('webhook', false, at * minute);
      } catch (error) {
        if (!(error instanceof RelayError) || error.code !== 'conflict') throw error;
      }
      if (machine.isSharing((at + 1) * minute - 1)) shared += 1;
    }
    return shared;
  }

  it('shares for the maximum and no longer, however often it calls', () => {
    // The first alert is over after half an hour; within a minute the trigger goes on with it.
    expect(stick(0, 300)).toBe(59);
    expect(machine.state(300 * minute)).toMatchObject({ stage: 'ended', end: 'time' });
  });

  it('does not begin the next one when the owner has ended it, also with a test in between', () => {
    stick(0, 10);
    machine.end('owner', 10 * minute);
    machine.start('owner', true, 11 * minute);
    machine.end('owner', 12 * minute);
    expect(stick(12, 100)).toBe(0);
    machine.start('owner', false, 100 * minute);
    expect(machine.isSharing(100 * minute + arm)).toBe(true);
  });

  it('is heard again when it was silent', () => {
    stick(0, 10);
    machine.end('owner', 10 * minute);
    expect(stick(10, 15)).toBe(0);
    expect(() => machine.start('webhook', false, 23 * minute)).toThrow('has just ended');
    machine.start('webhook', false, 33 * minute);
    expect(machine.state(33 * minute)).toMatchObject({ stage: 'arming', trigger: 'webhook' });
    expect(machine.isSharing(33 * minute + arm + 30 * minute - 1)).toBe(true);
  });

  it('ALE9 is also an input of a camera', () => {
    machine.start('input', false, 0);
    machine.end('owner', minute);
    expect(() => machine.start('input', false, 2 * minute)).toThrow('has just ended');
    machine.start('input', false, 12 * minute);
    expect(machine.state(12 * minute)).toMatchObject({ stage: 'arming', trigger: 'input' });
  });

  it('whose alert was cancelled waits for a minute only, for the next press may be in earnest', () => {
    machine.start('webhook', false, 0);
    machine.end('owner', arm - 1);
    expect(() => machine.start('webhook', false, minute / 2)).toThrow('has just ended');
    // From the last call on: one that calls again and again is not heard.
    expect(() => machine.start('webhook', false, minute)).toThrow('has just ended');
    machine.start('webhook', false, 2 * minute);
    expect(machine.isSharing(2 * minute + arm)).toBe(true);
  });

  it('that cancels by itself may begin again, within the maximum of the first', () => {
    machine.start('webhook', false, 0);
    machine.end('webhook', arm - 1);
    machine.start('webhook', false, 2 * minute);
    expect(machine.isSharing(2 * minute + arm)).toBe(true);
    machine.extend(2 * minute + arm + 29 * minute);
    expect(machine.isSharing(arm + 60 * minute - 1)).toBe(true);
    expect(machine.isSharing(arm + 60 * minute)).toBe(false);
  });
});

describe('ALE5 ALE9 of several local triggers', () => {
  const [door, gate] = ['input 1 In_1', 'input 2 In_1'] as const;
  const press = (source: string, at: number) =>
    machine.start(source === 'webhook' ? 'webhook' : 'input', false, at * minute, source);
  /** A source that calls each nine minutes, whatever it is answered. */
  const repeat = (source: string, from: number, to: number) => {
    for (let at = from; at < to; at += 9) expect(() => press(source, at)).toThrow('has just ended');
  };

  it('one that goes on after its owner has ended its alert silences itself alone', () => {
    press(door, 0);
    machine.end('owner', minute);
    repeat(door, 9, 300);
    press('webhook', 300);
    expect(machine.state(300 * minute)).toMatchObject({ stage: 'arming', trigger: 'webhook' });
    machine.end('owner', 301 * minute);
    press(gate, 301);
    expect(machine.state(301 * minute)).toMatchObject({ stage: 'arming', trigger: 'input' });
  });

  it('one begins an alert of its own, with a maximum of its own, when another’s has lasted its maximum', () => {
    for (let at = 0; at < 60; at += 9) press(door, at);
    expect(machine.isSharing(59 * minute)).toBe(true);
    expect(() => press(door, 61)).toThrow('has just ended');
    press('webhook', 61);
    machine.extend(61 * minute + arm + 29 * minute);
    expect(machine.isSharing(119 * minute)).toBe(true);
    expect(machine.isSharing(61 * minute + arm + 60 * minute)).toBe(false);
  });

  it('each that asked for the alert while it ran goes by its end, and by its own maximum', () => {
    press(door, 0);
    press('webhook', 20);
    expect(machine.state(20 * minute)).toMatchObject({ trigger: 'input', leftMs: 10 * minute + arm });
    // The time is over, and the one that came later may go on for longer.
    press('webhook', 31);
    machine.extend(31 * minute + arm + 29 * minute);
    expect(machine.isSharing(79 * minute)).toBe(true);
    expect(machine.isSharing(20 * minute + arm + 60 * minute)).toBe(false);
    press(gate, 100);
    press(door, 101);
    machine.end('owner', 102 * minute);
    for (const source of [door, gate]) expect(() => press(source, 103)).toThrow('has just ended');
    press('webhook', 103);
    expect(machine.isSharing(103 * minute + arm)).toBe(true);
  });

  it('one that has to be silent gets no right from another’s alert', () => {
    press(door, 0);
    machine.end('owner', minute);
    expect(() => press(door, 5)).toThrow('has just ended');
    press('webhook', 6);
    press(door, 10);
    machine.end('webhook', 11 * minute);
    expect(() => press(door, 12)).toThrow('has just ended');
    press('webhook', 12);
    expect(machine.isSharing(12 * minute + arm)).toBe(true);
  });
});

import type { OwnerQuestion, PushMessage, PushTopic } from '@commonsight/types/push';
import type { AlertTrigger } from '@commonsight/types/relay/alert';

/** A button of a notice, and what the owner's page is opened for by it. */
export interface NoticeAction {
  action: OwnerQuestion;
  title: string;
}

/** What the browser shows, with what is needed when it is pressed. */
export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of this one. A subscription is of one relay; sites may share a name. */
  tag: string;
  /** Whether it calls again when it takes the place of another. */
  isLoud: boolean;
  /** Whether it stays until somebody has seen to it. */
  isLasting: boolean;
  actions: NoticeAction[];
  subscriptionId: string | null;
  question: OwnerQuestion;
}

/** Shown for what cannot be read: a browser that is sent something has to show something. */
const unreadable: Notice = {
  title: 'Commonsight',
  body: 'There is something to read on your page.',
  tag: 'unreadable',
  isLoud: false,
  isLasting: false,
  actions: [],
  subscriptionId: null,
  question: 'alert',
};

/** When the browser has been given another address by its push service, nothing comes any more. */
export const stoppedNotice: Notice = {
  ...unreadable,
  title: 'Push messages have stopped',
  body: 'The browser has ended them. Open your page to allow them again.',
  tag: 'stopped',
};

const triggerWords: Readonly<Record<AlertTrigger, string>> = {
  owner: 'It was begun on the owner’s page.',
  webhook: 'A button or sensor at the site began it.',
  console: 'It was begun at the relay.',
  input: 'A camera’s input began it.',
};

/**
 * The notice of a decrypted message. It says what happened and nothing about what is shared now: by the time that it is read
 * that may be something else.
 */
export function noticeOf(text: string): Notice {
  let message: PushMessage;
  try {
    message = JSON.parse(text) as PushMessage;
  } catch {
    return unreadable;
  }
  // It was encrypted by our server for this browser alone; a newer one may say what this worker does not know.
  if (message?.format !== 'commonsight-push-message-1') return unreadable;
  const { subscriptionId, isDiscreet } = message;
  const words = wordsOf(message);
  if (words === null) return { ...unreadable, subscriptionId };
  const shared = { isLoud: true, isLasting: false, actions: [], ...words, subscriptionId };
  if (!isDiscreet) return shared;
  // Whoever sees the screen learns neither the site nor that there is an alert, nor how to end one.
  return { ...shared, title: unreadable.title, body: unreadable.body, actions: [] };
}

type Words = Pick<Notice, 'title' | 'body' | 'tag' | 'question'> & Partial<Notice>;

function wordsOf({ about, siteName, subscriptionId }: PushMessage): Words | null {
  switch (about.kind) {
    case 'alertBegan':
      return {
        title: `${about.isTest ? 'Test alert' : 'Alert'} at ${siteName}`,
        body: `${beganWords(about.trigger)} Open your page to follow or end it.`,
        tag: `alert-${about.alertId}`,
        question: 'alert',
        isLasting: true,
        actions: [{ action: 'end', title: 'End now' }],
      };
    case 'extensionAsked':
      return {
        title: `${about.isTest ? 'Test alert' : 'Alert'} at ${siteName} ends soon`,
        body: about.mayExtend ? 'Do you need more time?' : 'It has reached the longest time that you allow.',
        tag: `alert-${about.alertId}`,
        question: about.mayExtend ? 'extend' : 'alert',
        isLasting: true,
        actions: [
          ...(about.mayExtend ? [{ action: 'extend', title: 'Extend' } as const] : []),
          { action: 'end', title: 'End now' },
        ],
      };
    case 'alertEnded':
      return {
        title: `${about.isTest ? 'Test alert' : 'Alert'} at ${siteName} has ended`,
        body: about.hasShared ? 'Its receipt is on your page.' : 'It was over before anything was shared.',
        tag: `alert-${about.alertId}`,
        question: 'receipt',
      };
    case 'footageAsked':
      return {
        title: `Police ask for recordings of ${siteName}`,
        body: 'Read on your page what for, and answer there.',
        tag: `footage-${subscriptionId}`,
        question: 'footage',
      };
    case 'cameraDown':
      return {
        title: about.isRelay ? `The relay at ${siteName} is not connected` : downWords(about, siteName),
        body: about.isRelay
          ? 'Look at its power and its network. It goes by what you have signed all the same.'
          : 'Look at the power and the network there.',
        // The relay's outage is another than its cameras', and goes on when they are back.
        tag: `down-${subscriptionId}-${about.isRelay ? 'relay' : 'cameras'}`,
        question: 'cameras',
      };
    case 'trial':
      return {
        title: `Push messages of ${siteName} arrive here`,
        body: 'You asked for this one to see that they do.',
        tag: 'trial',
        question: 'alert',
      };
    default:
      return null;
  }
}

/** A newer server may tell of a trigger that this worker does not know. */
function beganWords(trigger: AlertTrigger): string {
  return Object.hasOwn(triggerWords, trigger) ? triggerWords[trigger] : 'It was begun at the site.';
}

function downWords({ cameras, cameraName }: Extract<PushTopic, { kind: 'cameraDown' }>, siteName: string): string {
  if (cameraName !== null) return `${cameraName} at ${siteName} gives no picture`;
  return `${cameras} cameras at ${siteName} give no picture`;
}

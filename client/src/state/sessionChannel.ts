import { ownSessionSchema } from '@commonsight/types/session';
import type { SessionChannel } from './SessionLock.ts';

/** The windows of one browser share the session's cookie, and tell each other what they know of it. */
export function openSessionChannel(): SessionChannel {
  const channel = new BroadcastChannel('commonsight.session');
  const post = channel.postMessage.bind(channel);
  return {
    post: (session) => post(session),
    onSession: (listener) => {
      channel.addEventListener('message', (message: MessageEvent<unknown>) => {
        const parsed = ownSessionSchema.safeParse(message.data);
        if (parsed.success) listener(parsed.data);
      });
    },
    close: () => channel.close(),
  };
}

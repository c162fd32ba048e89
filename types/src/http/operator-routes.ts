import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { messageSchema, messageTextSchema } from '../message.ts';
import { lineSchema } from '../text.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });
const nothing = z.object({});

/** What supervisors do about operators' sessions, and the operators' answer. The board itself is `session:supervise`. */
export const operatorRoutes = {
  /**
   * Ends an operator's session with its viewings and connections; the operator is told by whom and why. One's own is
   * `conflict`, an administrator's or auditor's `notPermitted`.
   */
  endOperatorSession: {
    method: 'POST',
    path: '/api/operator-sessions/:id/end',
    params: byId,
    body: z.object({ note: lineSchema(300) }),
    response: nothing,
    permission: 'session.end',
    audit: 'session.ended',
  },
  /**
   * Sends a message to an operator. `conflict`: to oneself, or to somebody who is signed in nowhere but at a wall display.
   * `tooManyRequests` after ten at once; then one every six seconds.
   */
  sendMessage: {
    method: 'POST',
    path: '/api/users/:id/messages',
    params: byId,
    body: z.object({ text: messageTextSchema }),
    response: messageSchema,
    permission: 'message.send',
    audit: 'message.sent',
  },
  /** The caller's messages that were sent since the session began and are not acknowledged, oldest first. */
  listMessages: {
    method: 'GET',
    path: '/api/messages',
    response: z.object({ messages: z.array(messageSchema) }),
    permission: 'signedIn',
    audit: 'ownAccount',
  },
  /** The caller has read a message. Repeating it changes nothing. */
  acknowledgeMessage: {
    method: 'POST',
    path: '/api/messages/:id/acknowledge',
    params: byId,
    response: messageSchema,
    permission: 'signedIn',
    audit: 'message.acknowledged',
  },
} as const satisfies Record<string, Route>;

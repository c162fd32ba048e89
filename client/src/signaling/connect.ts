import { io } from 'socket.io-client';
import { SignalingClient } from './SignalingClient.ts';
import type { SignalingSocket } from './SignalingSocket.ts';

/** The client on a real socket to the server that served this page. Websocket only: it carries the session's cookie. */
export function connect(): SignalingClient {
  const socket = io({
    transports: ['websocket'],
    autoConnect: false,
    withCredentials: true,
    // Quick at first, because a server that restarts is back within seconds and pictures go on meanwhile.
    reconnectionDelay: 250,
    reconnectionDelayMax: 1_000,
    randomizationFactor: 0.3,
    timeout: 5_000,
  });
  return SignalingClient.create(socket satisfies SignalingSocket);
}

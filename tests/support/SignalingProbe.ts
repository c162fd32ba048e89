import {
  signalingRequests,
  type RequestOf,
  type ResponseOf,
  type SignalingRequests,
} from '@commonsight/types/signaling/requests';
import { type Answer, answerSchema } from '@commonsight/types/answer';
import { io, type Socket } from 'socket.io-client';

/** A bare socket of a user, without the client's good manners: for trying what the console would never send. */
export class SignalingProbe {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Connects with a session's cookie, or without one. Rejects with the server's reason when it is refused. */
  static async connect(url: string, cookie: string | null): Promise<SignalingProbe> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: new URL(url).origin, ...(cookie === null ? {} : { cookie }) },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
      // Closed after the handshake and before the answer: the socket itself says nothing then.
      socket.io.once('close', () => reject(new Error('closed')));
    });
    return new SignalingProbe(socket);
  }

  async request<K extends keyof SignalingRequests>(name: K, payload: RequestOf<K>): Promise<Answer<ResponseOf<K>>> {
    const answer: unknown = await this.socket.timeout(10_000).emitWithAck(name, payload);
    // The name ties question and answer together; the compiler cannot follow that through the schema.
    return answerSchema(signalingRequests[name].response).parse(answer) as Answer<ResponseOf<K>>;
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Signs in over HTTP and returns the session's cookie. */
export async function signInForCookie(url: string, user: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify({ email: user.email, password: user.password }),
  });
  if (!answer.ok) throw new Error(`Signing in was answered with ${answer.status}.`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}

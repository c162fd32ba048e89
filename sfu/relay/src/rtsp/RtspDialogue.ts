import { CameraError } from './CameraError.ts';
import { authorise, chooseChallenge, type Challenge, type Credentials } from './authorise.ts';
import { type RtspResponse, headerOf } from './RtspMessage.ts';
import type { SignInRule } from './SignInRule.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** What a dialogue needs of a connection. */
export interface DialogueConnection {
  request(method: string, uri: string, headers: Headers, timeoutMs?: number): Promise<RtspResponse>;
}

/** A nonce may have expired once, and a camera may say so by a new challenge without the word `stale`. */
const maxSignIns = 3;

/**
 * Requests of one session: adds the session's id and the authorisation, and signs in again at any request that is
 * answered with a new challenge, because cameras let nonces expire in the middle.
 */
export class RtspDialogue {
  readonly #connection: DialogueConnection;
  readonly #credentials: Credentials | undefined;
  readonly #rule: SignInRule;
  #challenge: Challenge | undefined;
  #nonceCount = 0;
  #sessionId: string | undefined;

  constructor(connection: DialogueConnection, credentials: Credentials | undefined, rule: SignInRule) {
    this.#connection = connection;
    this.#credentials = credentials;
    this.#rule = rule;
  }

  get hasSession(): boolean {
    return this.#sessionId !== undefined;
  }

  /** The session's id and after how long a silent one ends, from the answer to SETUP. */
  takeSession(response: RtspResponse): { timeoutMs: number } {
    const [id, ...parameters] = (headerOf(response, 'session') ?? '').split(';').map((part) => part.trim());
    if (id !== undefined && id !== '') this.#sessionId = id;
    const timeout = parameters.map((parameter) => /^timeout\s*=\s*(\d+)/i.exec(parameter)?.[1]).find(Boolean);
    return { timeoutMs: (Number(timeout ?? 0) || 60) * 1000 };
  }

  /** Answers whatever the camera says, except that it never answers 401: that is `wrongPassword`. */
  async send(method: string, uri: string, headers: Headers = [], timeoutMs?: number): Promise<RtspResponse> {
    for (let signIns = 0; ; signIns += 1) {
      const used = this.#challenge;
      const response = await this.#connection.request(method, uri, this.#complete(method, uri, headers), timeoutMs);
      if (response.status !== 401) return response;
      const challenge = chooseChallenge(response.headers.get('www-authenticate') ?? [], this.#rule.basicRefusal);
      if (challenge.scheme === 'digest') this.#rule.noteDigest();
      if (this.#credentials === undefined) {
        throw new CameraError('wrongPassword', 'Camera asks for a user name and password. Enter them at the relay.');
      }
      const isStale = challenge.scheme === 'digest' && challenge.isStale;
      const isRefused = used !== undefined && !isStale && signIns > 0;
      if (isRefused || signIns === maxSignIns) throw new CameraError('wrongPassword');
      this.#challenge = challenge;
      this.#nonceCount = 0;
    }
  }

  #complete(method: string, uri: string, headers: Headers): Headers {
    const all = [...headers];
    if (this.#sessionId !== undefined) all.push(['Session', this.#sessionId]);
    if (this.#challenge !== undefined && this.#credentials !== undefined) {
      this.#nonceCount += 1;
      const request = { method, uri, nonceCount: this.#nonceCount };
      all.push(['Authorization', authorise(this.#challenge, this.#credentials, request)]);
    }
    return all;
  }
}

import { randomInt } from 'node:crypto';
import { type CameraAddress, originOf } from './CameraAddress.ts';
import { CameraError } from './CameraError.ts';
import type { CameraMedia, PacketListener } from './CameraMedia.ts';
import { type ControlUrls, controlUrls } from './controlUrls.ts';
import { InterleavedMedia } from './InterleavedMedia.ts';
import { readDescription, type VideoTrack } from './readDescription.ts';
import { redirectTarget } from './redirectTarget.ts';
import { type AddressRules, isAddressAllowed, resolveAddress } from './resolveAddress.ts';
import { pictureLossIndication, receiverReport, type ReceptionReport } from './rtcp.ts';
import { RtspConnection } from './RtspConnection.ts';
import { RtspDialogue } from './RtspDialogue.ts';
import { type RtspResponse, headerOf } from './RtspMessage.ts';
import type { SignInRule } from './SignInRule.ts';
import { UdpMedia } from './UdpMedia.ts';
import { unlessAborted } from './unlessAborted.ts';
import { UnsupportedTransportError } from './UnsupportedTransportError.ts';

export interface RtspSessionOptions {
  readonly camera: CameraAddress;
  readonly transport: 'tcp' | 'udp';
  readonly rules: AddressRules;
  readonly signInRule: SignInRule;
  readonly answerTimeoutMs: number;
  /** Ends the session, also while it is being opened. */
  readonly signal: AbortSignal;
  /** Told before the first packet. */
  readonly onTrack: (track: VideoTrack) => void;
  readonly onRtp: PacketListener;
  /** Told once, when the session ends after it was open and without `close()`. */
  readonly onLost: (error: CameraError) => void;
}

const maxRedirects = 3;
const teardownTimeoutMs = 500;
const reportIntervalMs = 5_000;
/** Some cameras end a session a little before its time-out. */
const keepAliveShare = 0.4;
const shortestKeepAliveMs = 500;
const longestKeepAliveMs = 25_000;

/** One pull of one stream, from the first request to TEARDOWN. It fails, and does not try again: its owner does. */
export class RtspSession {
  readonly #options: RtspSessionOptions;
  readonly #connection: RtspConnection;
  readonly #dialogue: RtspDialogue;
  readonly #ownSsrc = randomInt(1, 0xffff_ffff);
  #media: CameraMedia | undefined;
  #interleaved: InterleavedMedia | undefined;
  #aggregateUrl = '';
  #hasGetParameter = false;
  #keepAliveTimer: NodeJS.Timeout | undefined;
  #reportTimer: NodeJS.Timeout | undefined;
  readonly #abort = () => void this.close();
  #isOpen = false;
  #isClosed = false;

  /** Resolves when the camera has answered PLAY. Throws `CameraError`, also `UnsupportedTransportError`. */
  static async open(options: RtspSessionOptions): Promise<RtspSession> {
    const session = await RtspSession.#connect(options);
    try {
      options.signal.throwIfAborted();
      await session.#start();
      session.#isOpen = true;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Asks a camera for its stream and plays nothing. Throws `CameraError` when there is none that browsers show. */
  static async describe(
    options: Pick<RtspSessionOptions, 'camera' | 'rules' | 'signInRule' | 'answerTimeoutMs' | 'signal'>,
  ): Promise<void> {
    const nothing = (): void => undefined;
    const session = await RtspSession.#connect({
      ...options,
      transport: 'tcp',
      onTrack: nothing,
      onRtp: nothing,
      onLost: nothing,
    });
    try {
      options.signal.throwIfAborted();
      await session.#readTrack();
    } finally {
      await session.close();
    }
  }

  static async #connect(options: RtspSessionOptions): Promise<RtspSession> {
    const address = await unlessAborted(resolveAddress(options.camera.host, options.rules), options.signal);
    let session!: RtspSession;
    const connection = await RtspConnection.open({
      address,
      port: options.camera.port,
      answerTimeoutMs: options.answerTimeoutMs,
      signal: options.signal,
      onFrame: (channel, bytes, start, end, arrivedAtMs) =>
        session.#interleaved?.handleFrame(channel, bytes, start, end, arrivedAtMs),
      isKnownChannel: (channel) => session.#interleaved?.isKnownChannel(channel) ?? false,
      onLost: (error) => session.#lose(error),
    });
    session = new RtspSession(options, connection);
    options.signal.addEventListener('abort', session.#abort);
    return session;
  }

  private constructor(options: RtspSessionOptions, connection: RtspConnection) {
    const { username, password } = options.camera;
    this.#options = options;
    this.#connection = connection;
    const credentials = username === undefined || password === undefined ? undefined : { username, password };
    this.#dialogue = new RtspDialogue(connection, credentials, options.signInRule);
  }

  /** Asks the camera for a key frame. Most ignore it, and for those that do not the picture is there at once. */
  requestKeyFrame(report: ReceptionReport): void {
    this.#media?.sendRtcp(pictureLossIndication(this.#ownSsrc, report));
  }

  /** Starts to send receiver reports, which some cameras take for the sign of life that they want. */
  startReports(read: () => ReceptionReport | undefined): void {
    clearInterval(this.#reportTimer);
    if (this.#isClosed) return;
    this.#reportTimer = setInterval(() => {
      const report = read();
      if (report !== undefined) this.#media?.sendRtcp(receiverReport(this.#ownSsrc, report));
    }, reportIntervalMs);
  }

  /** Ends the session at the camera when it still answers. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stop();
    if (this.#dialogue.hasSession) {
      // Another request may still wait for its answer, so the deadline is for the whole and not for TEARDOWN alone.
      const deadline = setTimeout(() => this.#connection.close(), teardownTimeoutMs);
      await this.#dialogue.send('TEARDOWN', this.#aggregateUrl).catch(() => undefined);
      clearTimeout(deadline);
    }
    this.#connection.close();
  }

  async #start(): Promise<void> {
    const { track, origin, requestUrl, contentBase } = await this.#readTrack();
    this.#options.onTrack(track);
    const { control, aggregateControl } = track;
    await this.#setUp(controlUrls({ origin, requestUrl, contentBase, control, aggregateControl }));
  }

  async #readTrack() {
    const { path } = this.#options.camera;
    const origin = originOf(this.#options.camera);
    await this.#askOptions(origin + path);
    const { requestUrl, description } = await this.#describe(origin, origin + path);
    const contentBase = headerOf(description, 'content-base') ?? headerOf(description, 'content-location');
    return { track: readDescription(description.body), origin, requestUrl, contentBase };
  }

  /** Some cameras answer OPTIONS with an error and play all the same. */
  async #askOptions(url: string): Promise<void> {
    const response = await this.#dialogue.send('OPTIONS', url);
    this.#hasGetParameter = (response.headers.get('public') ?? []).join().toUpperCase().includes('GET_PARAMETER');
  }

  async #describe(origin: string, url: string): Promise<{ requestUrl: string; description: RtspResponse }> {
    let requestUrl = url;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const response = await this.#dialogue.send('DESCRIBE', requestUrl, [['Accept', 'application/sdp']]);
      if (response.status < 300 || response.status >= 400) {
        assertAccepted(response);
        return { requestUrl, description: response };
      }
      requestUrl = redirectTarget(origin, headerOf(response, 'location'));
    }
    throw new CameraError('refused', 'Camera redirects again and again. Enter the path where its stream is.');
  }

  async #setUp(candidates: readonly ControlUrls[]): Promise<void> {
    const media = await this.#openMedia();
    this.#media = media;
    let response: RtspResponse | undefined;
    let trackUrl = '';
    for (const { track, aggregate } of candidates) {
      trackUrl = track;
      this.#aggregateUrl = aggregate;
      response = await this.#dialogue.send('SETUP', track, [['Transport', media.setupHeader]]);
      if (!isWrongUrl(response.status)) break;
    }
    if (response === undefined) throw new CameraError('notFound');
    if (isWrongTransport(response.status)) throw new UnsupportedTransportError();
    assertAccepted(response);
    media.accept(headerOf(response, 'transport') ?? media.setupHeader);
    const { timeoutMs } = this.#dialogue.takeSession(response);
    await this.#play(trackUrl);
    this.#scheduleKeepAlive(Math.min(longestKeepAliveMs, Math.max(shortestKeepAliveMs, timeoutMs * keepAliveShare)));
  }

  /** Cameras without aggregate control want the track's own URL, and some want no range. */
  async #play(trackUrl: string): Promise<void> {
    const range = ['Range', 'npt=0.000-'] as const;
    let response = await this.#dialogue.send('PLAY', this.#aggregateUrl, [range]);
    if (response.status === 457) response = await this.#dialogue.send('PLAY', this.#aggregateUrl);
    if (isWrongUrl(response.status) || response.status === 460) {
      this.#aggregateUrl = trackUrl;
      response = await this.#dialogue.send('PLAY', trackUrl, [range]);
    }
    assertAccepted(response);
  }

  async #openMedia(): Promise<CameraMedia> {
    const { transport, onRtp, rules } = this.#options;
    if (transport === 'tcp') {
      const send = (channel: number, packet: Buffer) => this.#connection.sendFrame(channel, packet);
      this.#interleaved = new InterleavedMedia(send, onRtp);
      return this.#interleaved;
    }
    return UdpMedia.open({
      localAddress: this.#connection.localAddress,
      cameraAddress: this.#connection.remoteAddress,
      isAddressAllowed: (address) => isAddressAllowed(address, rules),
      onRtp,
    });
  }

  #scheduleKeepAlive(intervalMs: number): void {
    if (this.#isClosed) return;
    this.#keepAliveTimer = setTimeout(() => {
      void this.#keepAlive().then(() => this.#scheduleKeepAlive(intervalMs));
    }, intervalMs);
  }

  /** A camera that is too busy to answer is not lost while its packets come; that they come is watched elsewhere. */
  async #keepAlive(): Promise<void> {
    try {
      const method = this.#hasGetParameter ? 'GET_PARAMETER' : 'OPTIONS';
      const { status } = await this.#dialogue.send(method, this.#aggregateUrl);
      if (status === 454) this.#lose(new CameraError('connectionLost'));
      else if (status >= 400) this.#hasGetParameter = false;
    } catch (error) {
      if (error instanceof CameraError && error.fault !== 'timedOut') this.#lose(error);
    }
  }

  #lose(error: CameraError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stop();
    this.#connection.close();
    // While it opens, the request that waits fails with the reason.
    if (this.#isOpen) this.#options.onLost(error);
  }

  #stop(): void {
    // The signal outlives many sessions.
    this.#options.signal.removeEventListener('abort', this.#abort);
    clearTimeout(this.#keepAliveTimer);
    clearInterval(this.#reportTimer);
    this.#media?.close();
  }
}

/** 404, or one of the ways in which cameras say that a URL is not the one they meant. */
function isWrongUrl(status: number): boolean {
  return [400, 404, 451, 454, 455, 459].includes(status);
}

/** 461, or one of the answers of cameras that do not know that number. */
function isWrongTransport(status: number): boolean {
  return status === 461 || status === 405 || status === 406 || status >= 500;
}

function assertAccepted({ status }: RtspResponse): void {
  if (status >= 200 && status < 300) return;
  if (status === 404) throw new CameraError('notFound');
  throw status === 403
    ? new CameraError('refused', 'Camera does not let this user see the stream.')
    : new CameraError('refused');
}

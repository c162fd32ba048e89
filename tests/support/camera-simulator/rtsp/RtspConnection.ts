import type { Socket } from 'node:net';
import type { FaultContext, NoAnswer, RawAnswer } from '../faults/Fault.ts';
import type { FaultSet } from '../faults/FaultSet.ts';
import { countPictureLossIndications } from '../rtp/countPictureLossIndications.ts';
import type { CameraConnection, SimulatedCamera } from '../SimulatedCamera.ts';
import type { SimulatedStream } from '../SimulatedStream.ts';
import { liveFrameAt } from '../stamp.ts';
import { STREAM_FORMATS } from '../streams.ts';
import { Login } from './authentication.ts';
import { headerOf, readPiece, respond, responseBytes } from './RtspMessage.ts';
import type { RtspRequest, RtspResponse } from './RtspMessage.ts';
import type { RtspSession } from './RtspSession.ts';
import { sdpLines } from './sdp.ts';
import { setUpSession } from './setUpSession.ts';
import type { SessionMedia } from './setUpSession.ts';

const METHODS = 'OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN';

/** What a connection needs of the server that accepted it. */
export interface ConnectionHost extends SessionMedia {
  findCamera(name: string): SimulatedCamera | undefined;
}

interface Target {
  readonly camera: SimulatedCamera;
  readonly stream: SimulatedStream;
  /** `rtsp://host:port` as the request spelt it. */
  readonly origin: string;
  readonly path: string;
}

/** One control connection from its first byte to its end; its session ends with it. */
export class RtspConnection implements CameraConnection {
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #login = new Login();
  readonly #notes = new Set<string>();
  #received: Buffer = Buffer.alloc(0);
  #camera: SimulatedCamera | undefined;
  #session: RtspSession | undefined;
  #silence: NodeJS.Timeout | undefined;
  // Requests are answered one after another, however long one of them takes.
  #answers: Promise<void> = Promise.resolve();

  constructor(socket: Socket, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#handleBytes(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#handleClosed());
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  #handleClosed(): void {
    this.#endSession();
    this.#camera?.connections.delete(this);
  }

  #handleBytes(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    for (;;) {
      const piece = readPiece(this.#received);
      if (piece.kind === 'incomplete') return;
      if (piece.kind === 'nonsense') {
        this.hangUp();
        return;
      }
      this.#received = this.#received.subarray(piece.bytes);
      if (piece.kind === 'interleaved') this.#handleRtcp(piece.packet);
      else this.#answers = this.#answers.then(() => this.#handleRequest(piece.request)).catch(() => this.hangUp());
    }
  }

  #handleRtcp(packet: Buffer): void {
    if (this.#camera !== undefined) this.#camera.counts.plisReceived += countPictureLossIndications(packet);
  }

  async #handleRequest(request: RtspRequest): Promise<void> {
    const target = this.#findTarget(request.uri);
    if (target !== undefined && this.#camera !== target.camera) {
      this.#camera?.connections.delete(this);
      this.#camera = target.camera;
      this.#camera.connections.add(this);
    }
    this.#keepAlive(request);
    const faults = this.#camera?.faults;
    const answer = faults?.answer(request, this.#faultContext(request)) ?? (await this.#answer(request, target));
    this.#send(request, answer, faults);
  }

  #send(request: RtspRequest, answer: RtspResponse | RawAnswer | NoAnswer, faults: FaultSet | undefined): void {
    if (this.#socket.destroyed || answer === 'silence') return;
    if (answer === 'hangUp') {
      this.hangUp();
      return;
    }
    if ('raw' in answer) {
      this.#socket.end(answer.raw);
      return;
    }
    answer.headers.unshift(['CSeq', headerOf(request, 'CSeq') ?? '0']);
    faults?.amend(answer, request);
    this.#socket.write(responseBytes(answer));
    // Frames follow the answer to PLAY, never precede it.
    if (request.method === 'PLAY' && answer.status === 200) this.#session?.play();
    this.#host.pullsChanged();
  }

  async #answer(request: RtspRequest, target: Target | undefined): Promise<RtspResponse> {
    if (request.method === 'OPTIONS') return respond(200, [['Public', METHODS]]);
    if (target === undefined) return respond(404);
    const { auth } = target.camera;
    if (auth !== undefined && !this.#login.accepts(auth, request.method, headerOf(request, 'Authorization'))) {
      if (headerOf(request, 'Authorization') !== undefined) target.camera.counts.refusedLogins += 1;
      return respond(
        401,
        this.#login.challenges(auth).map((value) => ['WWW-Authenticate', value]),
      );
    }
    switch (request.method) {
      case 'DESCRIBE':
        return this.#describe(target);
      case 'SETUP':
        return this.#setUp(request, target);
      case 'PLAY':
        return this.#play(request, target);
      case 'PAUSE':
        this.#session?.pause();
        return this.#inSession(request, []);
      case 'GET_PARAMETER':
      case 'SET_PARAMETER':
        return this.#inSession(request, []);
      case 'TEARDOWN': {
        const response = this.#inSession(request, []);
        if (response.status === 200) this.#endSession();
        return response;
      }
      default:
        return respond(405, [['Allow', METHODS]]);
    }
  }

  async #describe({ camera, stream, origin, path }: Target): Promise<RtspResponse> {
    camera.counts.describes += 1;
    const format = STREAM_FORMATS[stream.name];
    const clip = await stream.prepare(liveFrameAt(Date.now()));
    const sdp = camera.faults.sdp(sdpLines({ ...format, clip }), format.width);
    const headers: [string, string][] = [
      ['Content-Type', 'application/sdp'],
      ['Content-Base', `${origin}${path}/`],
    ];
    return respond(200, headers, sdp);
  }

  async #setUp(request: RtspRequest, { camera, stream }: Target): Promise<RtspResponse> {
    if (this.#session !== undefined) return respond(455);
    await stream.prepare(liveFrameAt(Date.now()));
    const setUp = await setUpSession(request, { camera, stream, socket: this.#socket, media: this.#host });
    if (setUp === undefined) return respond(461);
    // The connection may have closed while the clip was read; then nobody would end the session.
    if (this.#socket.destroyed) setUp.session.close();
    else this.#session = setUp.session;
    const timeoutSeconds = Math.ceil((camera.faults.sessionTimeoutMs ?? 60_000) / 1000);
    return respond(200, [
      ['Transport', setUp.transport],
      ['Session', `${setUp.session.id};timeout=${timeoutSeconds}`],
    ]);
  }

  #play(request: RtspRequest, { stream, origin, path }: Target): RtspResponse {
    const timestamp = stream.timestampOf(liveFrameAt(Date.now()) + 1);
    const rtpInfo = `url=${origin}${path}/trackID=1;seq=${stream.nextSequenceNumber};rtptime=${timestamp}`;
    return this.#inSession(request, [
      ['Range', 'npt=now-'],
      ['RTP-Info', rtpInfo],
    ]);
  }

  #inSession(request: RtspRequest, headers: [string, string][]): RtspResponse {
    const id = headerOf(request, 'Session')?.split(';')[0];
    // GET_PARAMETER without a session is a harmless ping to most cameras.
    if (request.method === 'GET_PARAMETER' && id === undefined) return respond(200, headers);
    if (this.#session === undefined || id !== this.#session.id) return respond(454);
    return respond(200, [['Session', this.#session.id], ...headers]);
  }

  #keepAlive(request: RtspRequest): void {
    if (this.#session === undefined) return;
    if (request.method === 'OPTIONS' || request.method.endsWith('_PARAMETER')) {
      this.#session.camera.counts.keepAlives += 1;
    }
    this.#watchSilence();
  }

  /** Real cameras end a session that says nothing for its timeout; here that is a fault that a test switches on. */
  #watchSilence(): void {
    clearTimeout(this.#silence);
    const timeoutMs = this.#camera?.faults.sessionTimeoutMs;
    if (timeoutMs !== undefined) this.#silence = setTimeout(() => this.hangUp(), timeoutMs);
  }

  #endSession(): void {
    clearTimeout(this.#silence);
    this.#session?.close();
    this.#session = undefined;
    this.#host.pullsChanged();
  }

  #findTarget(uri: string): Target | undefined {
    const match = /^(rtsp:\/\/[^/]+)(\/(?:moved\/)?([^/?]+)\/(main|sub))(?:[/?]|$)/.exec(uri);
    const [, origin, path, cameraName, streamName] = match ?? [];
    const camera = this.#host.findCamera(cameraName ?? '');
    if (camera === undefined || origin === undefined || path === undefined) return undefined;
    return { camera, stream: camera.streams[streamName === 'sub' ? 'sub' : 'main'], origin, path };
  }

  #faultContext(request: RtspRequest): FaultContext {
    const own = this.#session === undefined ? 0 : 1;
    return {
      notes: this.#notes,
      origin: /^rtsp:\/\/[^/]+/.exec(request.uri)?.[0] ?? '',
      isPulledByOthers: (this.#camera?.counters.openSessions ?? 0) > own,
      expireNonces: () => this.#login.expireNonces(),
    };
  }
}

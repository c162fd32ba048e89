import { authorise, chooseChallenge, type Credentials } from '../rtsp/authorise.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { type AddressRules, resolveAddress } from '../rtsp/resolveAddress.ts';
import { ownPath } from './ownPath.ts';
import { postSoap } from './postSoap.ts';
import { all, readXml, textOf, type XmlNode } from './readXml.ts';
import { envelope, escapeXml, usernameToken } from './soap.ts';

export interface OnvifOptions {
  readonly host: string;
  readonly port: number;
  /** Of the device service; `/onvif/device_service` is where the standard has it. */
  readonly path?: string;
  readonly credentials: Credentials | undefined;
  readonly rules: AddressRules;
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal;
}

export interface OnvifDevice {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
}

/** What a service answered: the body's content as it was read, and the whole as it came. */
export interface OnvifAnswer {
  readonly body: XmlNode;
  readonly text: string;
  /** How long the relay was busy with reading it, in milliseconds. */
  readonly readMs: number;
}

export interface ExchangeOptions {
  /** What the envelope's header holds beside the sign-in: XML that needs no escaping any more. */
  readonly header?: string;
  /** For a question that the camera may think about: longer than other answers may take. */
  readonly answerTimeoutMs?: number;
  /** In bytes, where less than usual is enough. */
  readonly longestAnswer?: number;
  readonly isSignedIn?: boolean;
  /** In place of the client's own. */
  readonly signal?: AbortSignal;
}

/** One way in which a camera offers its picture. */
export interface OnvifProfile {
  readonly token: string;
  readonly name: string;
  /** As the camera says it; the test measures what it really sends. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

const device = 'http://www.onvif.org/ver10/device/wsdl';
const media = 'http://www.onvif.org/ver10/media/wsdl';
const schema = 'http://www.onvif.org/ver10/schema';
export const onvifDevicePath = '/onvif/device_service';
const longestName = 80;
const mostProfiles = 64;
/** A digest of a wrong time is a wrong digest; beyond that cameras differ in what they take. */
const largestClockErrorMs = 50 * 365 * 86_400_000;

const refusal = 'Camera wants its password in clear text for ONVIF. Set its sign-in to Digest.';

/**
 * Speaks ONVIF with one camera, at the one address that was entered, resolved once and checked. Whatever address an answer
 * gives, nothing but that one is dialled and nobody else hears the password, not even as a digest.
 */
export class OnvifClient {
  readonly #options: OnvifOptions;
  readonly #address: string;
  /** How far the camera's clock is ahead, in milliseconds. */
  #clockErrorMs: number | undefined;
  readonly #servicePaths = new Map<string, string>();

  /** Throws `CameraError` when the address is refused or is none. Nothing is sent yet. */
  static async open(options: OnvifOptions): Promise<OnvifClient> {
    return new OnvifClient(options, await resolveAddress(options.host, options.rules));
  }

  private constructor(options: OnvifOptions, address: string) {
    this.#options = options;
    this.#address = address;
  }

  /** The clock's error in milliseconds, positive when it is fast; undefined when the camera does not tell it. No sign-in. */
  async readClock(): Promise<number | undefined> {
    const askedAtMs = Date.now();
    const body = await this.#ask(this.#devicePath, `<d:GetSystemDateAndTime xmlns:d="${device}"/>`, false);
    const answeredAtMs = Date.now();
    const [time] = all(body, 'GetSystemDateAndTimeResponse', 'SystemDateAndTime', 'UTCDateTime');
    const number = (...path: string[]) => Number(textOf(time, path, 10) ?? Number.NaN);
    const cameraMs = Date.UTC(
      number('Date', 'Year'),
      number('Date', 'Month') - 1,
      number('Date', 'Day'),
      number('Time', 'Hour'),
      number('Time', 'Minute'),
      number('Time', 'Second'),
    );
    // It counts whole seconds: on the average half of one has gone.
    const errorMs = cameraMs + 500 - (askedAtMs + answeredAtMs) / 2;
    this.#clockErrorMs = Math.abs(errorMs) <= largestClockErrorMs ? errorMs : undefined;
    return this.#clockErrorMs;
  }

  async readDevice(): Promise<OnvifDevice> {
    const body = await this.#ask(this.#devicePath, `<d:GetDeviceInformation xmlns:d="${device}"/>`);
    const [found] = all(body, 'GetDeviceInformationResponse');
    const text = (name: string) => plainText(textOf(found, [name], longestName) ?? '');
    return { manufacturer: text('Manufacturer'), model: text('Model'), firmware: text('FirmwareVersion') };
  }

  /** The camera's profiles in its own order, at most 64. */
  async readProfiles(): Promise<OnvifProfile[]> {
    const body = await this.#ask(await this.findService('Media'), `<m:GetProfiles xmlns:m="${media}"/>`);
    return all(body, 'GetProfilesResponse', 'Profiles')
      .slice(0, mostProfiles)
      .flatMap((profile) => {
        const token = textOf(profile, ['@token'], 200);
        const [video] = all(profile, 'VideoEncoderConfiguration');
        if (token === undefined || token === '' || video === undefined) return [];
        const side = (name: string) => Math.trunc(Number(textOf(video, ['Resolution', name], 8) ?? 0)) || 0;
        return [
          {
            token,
            name: plainText(textOf(profile, ['Name'], longestName) ?? ''),
            codec: plainText(textOf(video, ['Encoding'], 20) ?? ''),
            width: side('Width'),
            height: side('Height'),
          },
        ];
      });
  }

  /** Port and path of a profile's stream. Throws `CameraError` when the camera names another address than its own. */
  async readStream(token: string): Promise<{ port: number; path: string }> {
    const body = await this.#ask(
      await this.findService('Media'),
      `<m:GetStreamUri xmlns:m="${media}" xmlns:t="${schema}"><m:StreamSetup><t:Stream>RTP-Unicast</t:Stream>` +
        '<t:Transport><t:Protocol>RTSP</t:Protocol></t:Transport></m:StreamSetup>' +
        `<m:ProfileToken>${escapeXml(token)}</m:ProfileToken></m:GetStreamUri>`,
    );
    return this.#own(textOf(body, ['GetStreamUriResponse', 'MediaUri', 'Uri'], 1_000), 'rtsp', noStreams);
  }

  get #devicePath(): string {
    return this.#options.path ?? onvifDevicePath;
  }

  /** The path of one of the camera's services. Throws `CameraError` when it has none, or names another address than its own. */
  async findService(name: 'Media' | 'Events'): Promise<string> {
    const known = this.#servicePaths.get(name);
    if (known !== undefined) return known;
    const body = await this.#ask(
      this.#devicePath,
      `<d:GetCapabilities xmlns:d="${device}"><d:Category>${name}</d:Category></d:GetCapabilities>`,
    );
    const path = this.ownService(
      textOf(body, ['GetCapabilitiesResponse', 'Capabilities', name, 'XAddr'], 1_000),
      name === 'Media' ? noStreams : noEvents,
    );
    this.#servicePaths.set(name, path);
    return path;
  }

  /** The path of a URL that the camera gave for a service of its own. Throws `CameraError` when it leads anywhere else. */
  ownService(url: string | undefined, missing: string): string {
    const { port, path } = this.#own(url, 'http', missing);
    if (port !== this.#options.port) throw new CameraError('refused', elsewhere);
    return path;
  }

  #own(url: string | undefined, scheme: 'http' | 'rtsp', missing: string): { port: number; path: string } {
    if (url === undefined) throw new CameraError('notFound', missing);
    const own = ownPath(url, scheme, [this.#options.host, this.#address]);
    if (own === undefined) throw new CameraError('refused', elsewhere);
    return own;
  }

  async #ask(path: string, body: string, isSignedIn = true): Promise<XmlNode> {
    return (await this.exchange(path, body, { isSignedIn })).body;
  }

  /** One question and its answer. With the sign-in in the envelope, and as HTTP digest when the camera wants that. */
  async exchange(path: string, body: string, asked: ExchangeOptions = {}): Promise<OnvifAnswer> {
    const { host, port, credentials } = this.#options;
    const { header = '', isSignedIn = true, signal = this.#options.signal } = asked;
    const timeoutMs = asked.answerTimeoutMs ?? this.#options.answerTimeoutMs;
    const target = { address: this.#address, port, host, path };
    const used = isSignedIn ? credentials : undefined;
    const signIn = used === undefined ? '' : usernameToken(used, Date.now() + (this.#clockErrorMs ?? 0));
    const text = envelope(body, `${signIn}${header}`);
    const options = { timeoutMs, signal, longestAnswer: asked.longestAnswer };
    let answer = await postSoap(target, text, { ...options, authorization: undefined });
    if (answer.status === 401 && used !== undefined && answer.challenges.length > 0) {
      const challenge = chooseChallenge(answer.challenges, refusal);
      const authorization = authorise(challenge, used, { method: 'POST', uri: path, nonceCount: 1 });
      answer = await postSoap(target, text, { ...options, authorization });
    }
    const beganAtMs = performance.now();
    const read = readAnswer(answer.status, answer.body);
    return { body: read, text: answer.body, readMs: performance.now() - beganAtMs };
  }
}

const noStreams = 'Camera does not say over ONVIF where its streams are.';
const noEvents = 'Camera does not say over ONVIF where its events are. Its inputs cannot begin an alert.';

const elsewhere =
  'Camera says over ONVIF that its streams are at another address. Enter that address by hand if it is right.';

function readAnswer(status: number, text: string): XmlNode {
  if (status === 401 || status === 403) throw new CameraError('wrongPassword');
  if (status === 404) throw new CameraError('notFound', 'Camera does not speak ONVIF at this port.');
  let root: XmlNode;
  try {
    root = readXml(text);
  } catch (error) {
    throw new CameraError('refused', 'Camera’s ONVIF answer cannot be read. Enter its streams by hand.', {
      cause: error,
    });
  }
  const [body] = all(root, 'Envelope', 'Body');
  const [fault] = all(body, 'Fault');
  if (fault !== undefined) {
    const code = textOf(fault, ['Code', 'Subcode', 'Value'], 100) ?? '';
    throw /NotAuthorized|FailedAuthentication/i.test(code)
      ? new CameraError('wrongPassword')
      : new CameraError('refused', 'Camera refuses the question over ONVIF. Enter its streams by hand.');
  }
  if (body === undefined || typeof body !== 'object' || body === null) {
    throw new CameraError('refused', 'What answers at this port does not speak ONVIF. Check the port.');
  }
  return body as XmlNode;
}

/** What a stranger's device says of itself is shown to people: one line and nothing that controls anything. */
function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').trim();
}

import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CameraAuth, Login } from '../camera-simulator/rtsp/authentication.ts';
import { type InputsSettings, SimulatedInputs } from './SimulatedInputs.ts';
import { ONVIF_FAULTS, type OnvifFault, type OnvifFaultName } from './onvifFaults.ts';

export interface OnvifCameraSettings {
  /** Left out: loopback. */
  readonly host?: string;
  readonly port?: number;
  readonly discoveryPort?: number;
  /** Name, as it answers a search. */
  readonly name: string;
  /** Where its streams are. */
  readonly rtspPort: number;
  readonly streams: readonly {
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly codec?: string;
  }[];
  /** `token`: a sign-in in the envelope; `http`: HTTP Digest. */
  readonly signIn?: { readonly username: string; readonly password: string; readonly by: 'token' | 'http' };
  /** Left out: it has no event service. */
  readonly inputs?: InputsSettings;
  readonly faults?: readonly OnvifFaultName[];
  /** `host:port` that hostile answers lead to. */
  readonly lure?: string;
}

export interface OnvifCamera {
  readonly host: string;
  readonly port: number;
  readonly discoveryPort: number;
  /** Names of the questions that were answered. */
  readonly asked: readonly string[];
  readonly refused: number;
  readonly inputs: SimulatedInputs | undefined;
  close(): Promise<void>;
}

/** How far a sign-in's time may be from the camera's own, in milliseconds. */
const signInToleranceMs = 5_000;

const eventQuestions = ['CreatePullPointSubscription', 'PullMessages', 'Renew', 'Unsubscribe'];

/** A camera that answers WS-Discovery, and ONVIF's device and media services. Its pictures are the RTSP simulator's. */
export async function startOnvifCamera(settings: OnvifCameraSettings): Promise<OnvifCamera> {
  const { host = '127.0.0.1', lure = '127.0.0.1:9' } = settings;
  const faults: OnvifFault[] = (settings.faults ?? []).map((name) => ONVIF_FAULTS[name]);
  const clockErrorMs = faults.reduce((sum, fault) => sum + (fault.clockErrorMs ?? 0), 0);
  const asked: string[] = [];
  const login = new Login();
  const inputs = settings.inputs === undefined ? undefined : new SimulatedInputs(settings.inputs);
  let refused = 0;

  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
    const question = /<s:Body>\s*<(?:\w+:)?(\w+)/.exec(text)?.[1] ?? '';
    const inPlace = faults.find((fault) => fault.answer !== undefined);
    if (inPlace?.answer !== undefined) return inPlace.answer(response, { lure });
    if (question !== 'GetSystemDateAndTime' && !isSignedIn(text, request)) {
      refused += 1;
      if (settings.signIn?.by === 'http') {
        response.writeHead(401, { 'www-authenticate': login.challenges(authOf(settings.signIn)) }).end();
        return;
      }
      response.writeHead(400, soapType).end(envelope(notAuthorized));
      return;
    }
    asked.push(question);
    const content = eventQuestions.includes(question)
      ? await inputs?.answer(question, text, { url: request.url ?? '', own: own() })
      : contentOf(question, text);
    if (content === undefined) {
      response.writeHead(400, soapType).end(envelope(unknownSubscription));
      return;
    }
    const right = envelope(content);
    const body = faults.reduce((sofar, fault) => fault.amend?.(sofar, { lure }) ?? sofar, right);
    response.writeHead(200, soapType).end(body);
  };

  const isSignedIn = (text: string, request: IncomingMessage): boolean => {
    const { signIn } = settings;
    if (signIn === undefined) return true;
    if (signIn.by === 'http') return login.accepts(authOf(signIn), 'POST', request.headers.authorization);
    const read = (name: string) => new RegExp(`<\\w+:${name}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';
    const created = read('Created');
    const isTimely = Math.abs(Date.parse(created) - (Date.now() + clockErrorMs)) < signInToleranceMs;
    const nonce = Buffer.from(read('Nonce'), 'base64');
    const digest = createHash('sha1').update(nonce).update(created).update(signIn.password).digest('base64');
    return isTimely && read('Username') === signIn.username && read('Password') === digest;
  };

  const contentOf = (question: string, text: string): string => {
    switch (question) {
      case 'GetSystemDateAndTime':
        return systemTime(new Date(Date.now() + clockErrorMs));
      case 'GetDeviceInformation':
        return (
          '<d:GetDeviceInformationResponse><d:Manufacturer>Example &amp; Sons</d:Manufacturer><d:Model>EX-200</d:Model>' +
          '<d:FirmwareVersion>1.2.3</d:FirmwareVersion></d:GetDeviceInformationResponse>'
        );
      case 'GetCapabilities':
        return (
          '<d:GetCapabilitiesResponse><d:Capabilities><t:Media>' +
          `<t:XAddr>${own()}/onvif/media_service</t:XAddr></t:Media>` +
          (inputs === undefined ? '' : `<t:Events><t:XAddr>${own()}/onvif/event_service</t:XAddr></t:Events>`) +
          '</d:Capabilities></d:GetCapabilitiesResponse>'
        );
      case 'GetProfiles':
        return `<m:GetProfilesResponse>${settings.streams.map(profile).join('')}</m:GetProfilesResponse>`;
      default:
        return streamUri(/<m:ProfileToken>(\d+)</.exec(text)?.[1] ?? '');
    }
  };
  const streamUri = (token: string): string => {
    const path = settings.streams[Number(token)]?.path ?? '/';
    return (
      `<m:GetStreamUriResponse><m:MediaUri><t:Uri>rtsp://${host}:${settings.rtspPort}${path}</t:Uri>` +
      '</m:MediaUri></m:GetStreamUriResponse>'
    );
  };
  const port = () => (server.address() as AddressInfo).port;
  const own = () => `http://${host}:${port()}`;
  server.listen(settings.port ?? 0, host);
  await once(server, 'listening');

  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (question, from) => {
    const messageId = /MessageID[^>]*>([^<]*)</.exec(question.toString('utf8'))?.[1] ?? '';
    const url = `http://${host}:${port()}/onvif/device_service`;
    const given = faults.reduce((sofar, fault) => fault.discovered?.(sofar, { lure }) ?? sofar, url);
    const text = faults.reduce(
      (sofar, fault) => fault.amend?.(sofar, { lure }) ?? sofar,
      probeMatch(messageId, given, settings.name),
    );
    // What is longer than a packet is not sent at all.
    if (text.length < 60_000) socket.send(text, from.port, from.address);
  });
  socket.bind(settings.discoveryPort ?? 0, host);
  await once(socket, 'listening');

  return {
    host,
    port: port(),
    discoveryPort: socket.address().port,
    asked,
    inputs,
    get refused() {
      return refused;
    },
    close: async () => {
      socket.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const soapType = { 'content-type': 'application/soap+xml; charset=utf-8' };

const notAuthorized =
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Code>' +
  '<s:Reason><s:Text xml:lang="en">Sender not authorized</s:Text></s:Reason></s:Fault>';

const unknownSubscription =
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:InvalidArgVal</s:Value></s:Subcode></s:Code>' +
  '<s:Reason><s:Text xml:lang="en">Resource unknown</s:Text></s:Reason></s:Fault>';

function authOf({ username, password }: { username: string; password: string }): CameraAuth {
  return { username, password, schemes: ['digest-md5'] };
}

function envelope(body: string, header = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
    'xmlns:d="http://www.onvif.org/ver10/device/wsdl" xmlns:m="http://www.onvif.org/ver10/media/wsdl" ' +
    'xmlns:t="http://www.onvif.org/ver10/schema" xmlns:ter="http://www.onvif.org/ver10/error" ' +
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://www.w3.org/2005/08/addressing" ' +
    'xmlns:e="http://www.onvif.org/ver10/events/wsdl" xmlns:n="http://docs.oasis-open.org/wsn/b-2" ' +
    'xmlns:tns1="http://www.onvif.org/ver10/topics" ' +
    `xmlns:p="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Header>${header}</s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

function probeMatch(messageId: string, url: string, name: string): string {
  const scopes = ['type/video_encoder', `name/${encodeURIComponent(name)}`, 'hardware/EX-200', 'location/Hall']
    .map((scope) => `onvif://www.onvif.org/${scope}`)
    .join(' ');
  return envelope(
    `<p:ProbeMatches><p:ProbeMatch><p:Types>tds:Device</p:Types><p:Scopes>${scopes}</p:Scopes>` +
      `<p:XAddrs>${url}</p:XAddrs></p:ProbeMatch></p:ProbeMatches>`,
    `<a:RelatesTo>${messageId}</a:RelatesTo>`,
  );
}

function systemTime(now: Date): string {
  return (
    '<d:GetSystemDateAndTimeResponse><d:SystemDateAndTime><t:DateTimeType>NTP</t:DateTimeType><t:UTCDateTime>' +
    `<t:Time><t:Hour>${now.getUTCHours()}</t:Hour><t:Minute>${now.getUTCMinutes()}</t:Minute>` +
    `<t:Second>${now.getUTCSeconds()}</t:Second></t:Time><t:Date><t:Year>${now.getUTCFullYear()}</t:Year>` +
    `<t:Month>${now.getUTCMonth() + 1}</t:Month><t:Day>${now.getUTCDate()}</t:Day></t:Date></t:UTCDateTime>` +
    '</d:SystemDateAndTime></d:GetSystemDateAndTimeResponse>'
  );
}

function profile(stream: OnvifCameraSettings['streams'][number], index: number): string {
  const { width, height, codec = 'H264' } = stream;
  return (
    `<m:Profiles token="${index}" fixed="true"><t:Name>Profile ${index}</t:Name><t:VideoEncoderConfiguration token="v${index}">` +
    `<t:Encoding>${codec}</t:Encoding><t:Resolution><t:Width>${width}</t:Width><t:Height>${height}</t:Height></t:Resolution>` +
    '</t:VideoEncoderConfiguration></m:Profiles>'
  );
}

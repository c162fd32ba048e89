/** What a SETUP asks for. */
export type AskedTransport =
  | { readonly kind: 'tcp'; readonly rtpChannel: number; readonly rtcpChannel: number }
  | { readonly kind: 'udp'; readonly rtpPort: number; readonly rtcpPort: number };

function pair(text: string | undefined): [number, number] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text ?? '');
  if (match === null) return undefined;
  const first = Number(match[1]);
  return [first, match[2] === undefined ? first + 1 : Number(match[2])];
}

/** Reads the first usable choice of a `Transport` header. */
export function readTransport(header: string): AskedTransport | undefined {
  for (const choice of header.split(',')) {
    const [protocol = '', ...fields] = choice.trim().split(';');
    const field = (name: string): string | undefined =>
      fields.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
    if (/^RTP\/AVP\/TCP$/i.test(protocol)) {
      const [rtpChannel, rtcpChannel] = pair(field('interleaved')) ?? [0, 1];
      return { kind: 'tcp', rtpChannel, rtcpChannel };
    }
    const ports = pair(field('client_port'));
    if (/^RTP\/AVP(\/UDP)?$/i.test(protocol) && !fields.includes('multicast') && ports !== undefined) {
      return { kind: 'udp', rtpPort: ports[0], rtcpPort: ports[1] };
    }
  }
  return undefined;
}

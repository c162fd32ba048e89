import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import type { NameRecord } from './AddressCase.ts';

const types = { A: 1, CNAME: 5, AAAA: 28 } as const;

/** A name server (RFC 1035) that answers what it is told to, and another thing the next time. */
export class NameServer {
  readonly #socket: Socket = createSocket('udp4');
  readonly #answers = new Map<string, { lists: readonly (readonly NameRecord[])[]; asked: number }>();

  private constructor() {}

  static async open(address: string): Promise<NameServer> {
    const server = new NameServer();
    server.#socket.on('message', (question, from) => server.#answer(question, from));
    server.#socket.bind(53, address);
    await once(server.#socket, 'listening');
    return server;
  }

  /** One list for each time that the name is asked for; the last one stays. */
  set(name: string, lists: readonly (readonly NameRecord[])[]): void {
    this.#answers.set(name, { lists, asked: 0 });
  }

  forget(name: string): void {
    this.#answers.delete(name);
  }

  close(): void {
    this.#socket.close();
  }

  #answer(question: Buffer, from: RemoteInfo): void {
    const { name, end } = readName(question, 12);
    const type = question.readUInt16BE(end);
    const known = this.#answers.get(name.toLowerCase());
    // A resolver asks for A and AAAA at once; both belong to one time of asking.
    const list = known?.lists[Math.min(Math.floor(known.asked / 2), known.lists.length - 1)] ?? [];
    if (known !== undefined) known.asked += 1;
    let owner = name;
    const records = list.flatMap((record) => {
      if (record.type === 'CNAME') {
        const bytes = encodeRecord(owner, record);
        owner = record.value;
        return [bytes];
      }
      return types[record.type] === type ? [encodeRecord(owner, record)] : [];
    });
    const head = Buffer.from(question.subarray(0, 12));
    // An answer, with recursion; the name is unknown (3) when nothing is known of it.
    head.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt32BE(0, 8);
    const asked = question.subarray(12, end + 4);
    this.#socket.send(Buffer.concat([head, asked, ...records]), from.port, from.address);
  }
}

function readName(packet: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** With no time to live: the next one who asks asks here again. */
function encodeRecord(name: string, { type, value }: NameRecord): Buffer {
  const content = type === 'CNAME' ? encodeName(value) : addressBytes(value);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(types[type], 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(content.length, 8);
  return Buffer.concat([encodeName(name), head, content]);
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  return Buffer.from(groupsOf(address).flatMap((group) => [group >> 8, group & 0xff]));
}

/** The eight groups of an IPv6 address; a URL writes each in its one canonical form. */
export function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const read = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [read(head), read(tail ?? '')];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

// Windows without a browser, for the fault runs: each is the client's own connection and wall, as in `Workspace`. One
// command a line on stdin, as JSON with an `id`; answered with a line of the same `id`, in any order.
import { createInterface } from 'node:readline';
import { type SignalingRequests, signalingRequests } from '@commonsight/types/signaling/requests';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { SignalingClient } from '../src/signaling/SignalingClient.ts';
import { WallControl } from '../src/state/WallControl.ts';

const requestNames = Object.keys(signalingRequests) as (keyof SignalingRequests)[];
const commandSchema = z.intersection(
  z.object({ id: z.int(), window: z.string() }),
  z.discriminatedUnion('act', [
    z.object({ act: z.literal('open'), url: z.url(), cookie: z.string() }),
    z.object({ act: z.literal('join'), wallId: z.string() }),
    z.object({ act: z.literal('leave') }),
    /** The network breaks below the socket; what was under way is lost. It dials again by itself. */
    z.object({ act: z.literal('break') }),
    z.object({ act: z.literal('request'), name: z.enum(requestNames), payload: z.unknown() }),
    /** What the window shows. */
    z.object({ act: z.literal('read') }),
    z.object({ act: z.literal('close') }),
  ]),
);
type Command = z.output<typeof commandSchema>;

interface Window {
  socket: Socket;
  signaling: SignalingClient;
  wall: WallControl;
}

const windows = new Map<string, Window>();

async function obey(command: Command): Promise<unknown> {
  if (command.act === 'open') return open(command);
  const window = windows.get(command.window);
  if (window === undefined) throw new Error(`There is no window ${command.window}.`);
  switch (command.act) {
    case 'join':
      return window.wall.join(command.wallId, 1);
    case 'leave':
      return window.wall.leave();
    case 'break':
      return void window.socket.io.engine?.close();
    case 'request':
      return window.signaling.request(command.name, command.payload as never);
    case 'read':
      return { isConnected: window.signaling.isConnected, wall: window.wall.store.getState() };
    case 'close':
      windows.delete(command.window);
      return window.signaling.close();
    default:
      return command satisfies never;
  }
}

function open(command: Extract<Command, { act: 'open' }>): void {
  // As `connect()` does in the page, which needs neither address nor cookie.
  const socket = io(command.url, {
    transports: ['websocket'],
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: 250,
    reconnectionDelayMax: 1_000,
    randomizationFactor: 0.3,
    timeout: 5_000,
    extraHeaders: { cookie: command.cookie, origin: new URL(command.url).origin },
  });
  const signaling = SignalingClient.create(socket);
  const wall = WallControl.create(signaling);
  signaling.onConnectionChange((change) => {
    if (change.state === 'connected') void wall.rejoin();
  });
  signaling.open();
  windows.set(command.window, { socket, signaling, wall });
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = commandSchema.parse(JSON.parse(line));
  void obey(command).then((value) => process.stdout.write(`${JSON.stringify({ id: command.id, value })}\n`));
}
for (const { signaling } of windows.values()) signaling.close();

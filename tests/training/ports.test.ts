import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertPortFree, freePort, freePortBlock, freePortNear } from './ports.ts';

let holder: Server;
let takenPort: number;

beforeEach(async () => {
  takenPort = await freePort();
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(takenPort, '127.0.0.1', resolve));
});
afterEach(() => {
  holder.close();
});

test('a taken port is one sentence that says what to do', async () => {
  await expect(assertPortFree(takenPort, '127.0.0.1')).rejects.toThrow(
    `Port ${takenPort} is taken by another program. End it, or set PORT to a free one: PORT=${takenPort + 1} npm start`,
  );
});

test('a free port is no error, and an address of another machine is one', async () => {
  await expect(assertPortFree(await freePort(), '127.0.0.1')).resolves.toBeUndefined();
  await expect(assertPortFree(await freePort(), '192.0.2.1')).rejects.toThrow('HOST is 192.0.2.1');
});

test('a preferred port that is taken gives way to a free one', async () => {
  expect(await freePortNear(takenPort)).not.toBe(takenPort);
  const free = await freePort();
  expect(await freePortNear(free)).toBe(free);
});

test('a block of ports begins behind the taken one', async () => {
  expect(await freePortBlock(takenPort, 2)).toBeGreaterThanOrEqual(takenPort + 2);
});

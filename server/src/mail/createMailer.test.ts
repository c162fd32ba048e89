import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMailer } from './createMailer.ts';
import { wasNotTaken } from './wasNotTaken.ts';

let dataDir: string;
const mail = { to: 'resident@test.example', subject: '¿Sigue siendo correcto?', text: 'Open this link.\n' };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'commonsight-mail-'));
});

afterAll(() => rm(dataDir, { recursive: true }));

/** A mail server that takes every mail and remembers what was said. */
async function startSmtpServer() {
  const said: string[] = [];
  const server = createServer((socket) => {
    let isText = false;
    socket.write('220 ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      said.push(line);
      if (isText && line !== '.') return;
      isText = line === 'DATA';
      if (isText) socket.write('354 go on\r\n');
      else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { said, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test('with a mail server a mail goes to it', async () => {
  const smtp = await startSmtpServer();
  const settings = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, from: 'city@test.example' };
  const mailer = createMailer({ mail: settings, dataDir }, createLogger('silent'));
  await mailer.send(mail);
  mailer.close();
  smtp.close();
  expect(smtp.said).toContain('MAIL FROM:<city@test.example>');
  expect(smtp.said).toContain('RCPT TO:<resident@test.example>');
  expect(smtp.said).toContain('Open this link.');
  expect(await readdir(dataDir)).toEqual([]);
});

test('a mail server that is not there fails the mail', async () => {
  const smtp = await startSmtpServer();
  smtp.close();
  const settings = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, from: 'city@test.example' };
  const mailer = createMailer({ mail: settings, dataDir }, createLogger('silent'));
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  mailer.close();
});

test('a mail that comes every week says how it is stopped by one request, and is handed over once', async () => {
  const smtp = await startSmtpServer();
  const settings = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, from: 'city@test.example' };
  const mailer = createMailer({ mail: settings, dataDir }, createLogger('silent'));
  await mailer.send({ ...mail, unsubscribeUrl: 'https://city.example/stop/a', isOnce: true });
  mailer.close();
  smtp.close();
  expect(smtp.said).toContain('List-Unsubscribe: <https://city.example/stop/a>');
  expect(smtp.said).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(smtp.said.filter((line) => line === 'DATA')).toHaveLength(1);
});

/** A mail server that says this after the whole mail, or hangs up without a word. */
async function startFailingServer(answer: string | null) {
  let mails = 0;
  const server = createServer((socket) => {
    let isText = false;
    socket.write('220 ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (isText && line !== '.') return;
      if (isText) {
        isText = false;
        mails += 1;
        if (answer === null) socket.destroy();
        else socket.write(`${answer}\r\n`);
        return;
      }
      isText = line === 'DATA';
      if (isText) socket.write('354 go on\r\n');
      else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { mails: () => mails, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test.each([
  ['refused in words, it was surely not taken', '451 later', true],
  ['when the connection breaks after it, nobody knows, and it is not handed over again', null, false],
])('%s', async (_name, answer, isNotTaken) => {
  const smtp = await startFailingServer(answer);
  const settings = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, from: 'city@test.example' };
  const mailer = createMailer({ mail: settings, dataDir }, createLogger('silent'));
  const failure: unknown = await mailer.send({ ...mail, isOnce: true }).then(
    () => null,
    (error: unknown) => error,
  );
  mailer.close();
  smtp.close();
  expect(failure).toBeInstanceOf(Error);
  expect(wasNotTaken(failure)).toBe(isNotTaken);
  expect(smtp.mails()).toBe(1);
});

test('a mail server that is not there has taken nothing', async () => {
  const smtp = await startSmtpServer();
  smtp.close();
  const settings = { smtpUrl: `smtp://127.0.0.1:${smtp.port}`, from: 'city@test.example' };
  const mailer = createMailer({ mail: settings, dataDir }, createLogger('silent'));
  const failure: unknown = await mailer.send({ ...mail, isOnce: true }).catch((error: unknown) => error);
  mailer.close();
  expect(wasNotTaken(failure)).toBe(true);
});

test('a mail server that says nothing has taken nothing', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createTransport({ host: '127.0.0.1', port, greetingTimeout: 50 });
  const failure: unknown = await transport.sendMail(mail).catch((error: unknown) => error);
  server.close();
  expect(failure).toMatchObject({ code: 'ETIMEDOUT' });
  expect(wasNotTaken(failure)).toBe(true);
});

test('without one it is a file that this user alone can read', async () => {
  const mailer = createMailer({ mail: undefined, dataDir }, createLogger('silent'));
  await mailer.send(mail);
  const [name = ''] = await readdir(join(dataDir, 'mails'));
  const path = join(dataDir, 'mails', name);
  expect(await readFile(path, 'utf8')).toBe(`To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

import { trainingMailsPath } from '@commonsight/types/training-city';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Config } from '../config.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';

let server: TestServer;

afterEach(() => server.close());

async function page(settings: Partial<Config>) {
  server = await createTestServer(settings);
  const folder = join(server.config.dataDir, 'mails');
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write(
    '01.txt',
    'To: ana@training.example\nSubject: First\n\nOpen http://localhost:8080/registry/link#a-b_c.\n',
  );
  await write('02.txt', 'To: "<script>alert(1)</script>"@training.example\nSubject: Second\n\nA & B\n');
  await write('03.txt.new', 'half');
  const answer = await server.server.app.inject({ method: 'GET', url: trainingMailsPath });
  return { status: answer.statusCode, html: answer.payload, headers: answer.headers };
}

test('a training city shows its mails, the newest first, with links and as nothing but text', async () => {
  const { status, html, headers } = await page({ isTrainingCity: true });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(html.indexOf('Subject: Second')).toBeGreaterThan(0);
  expect(html.indexOf('Subject: First')).toBeGreaterThan(html.indexOf('Subject: Second'));
  expect(html).toContain('<a href="http://localhost:8080/registry/link#a-b_c">');
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('A &amp; B');
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('half');
});

test.each<[string, Partial<Config>]>([
  ['in no training city', { isTrainingCity: false }],
  [
    'where a mail server takes them',
    { isTrainingCity: true, mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.example' } },
  ],
])('%s nobody is shown a mail', async (_name, settings) => {
  const { status, html } = await page(settings);
  expect(status).toBe(404);
  expect(html).not.toContain('training.example');
});

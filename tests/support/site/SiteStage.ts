import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@commonsight/types/http/routes';
import { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import type { ApiUser } from '../ApiUser.ts';
import { ensureClips } from '../camera-simulator/clips.ts';
import { type Simulator, startSimulator } from '../camera-simulator/startSimulator.ts';
import { type OnvifCamera, startOnvifCamera } from '../onvif-simulator/startOnvifCamera.ts';

export interface SiteStageOptions {
  /** An administrator of the agency. */
  administrator: ApiUser;
  siteName: string;
  cameraCount: number;
  /** So many of them, the last ones, also answer a search of the network by ONVIF; in the file are the others. */
  discoverable?: number;
  /** Scenes that the cameras share: each is a clip that has to be made once. */
  scenes: number;
}

const signIn = { username: 'viewer', password: 'market, "north"' };
const sections = ['Entrances', 'Halls', 'Yard', 'Parking'];
const position = { latitude: 43.04, longitude: -87.91 };

/** A site of its own at a running server: simulated cameras in this process and a relay in another one. */
export class SiteStage {
  readonly siteId: string;
  readonly folder: string;
  readonly simulator: Simulator;
  readonly #devices: readonly OnvifCamera[];
  readonly #options: SiteStageOptions;
  #relay: RelayProcess | undefined;

  static async open(options: SiteStageOptions): Promise<SiteStage> {
    const { administrator, siteName, cameraCount, discoverable = 0, scenes } = options;
    await ensureClips({ scenes: Array.from({ length: scenes }, (_, at) => at + 1) });
    const body = { name: siteName, address: '100 Market St', position };
    const { id: siteId } = await administrator.call(routes.createSite, { body });
    const simulator = await startSimulator({
      cameras: Array.from({ length: cameraCount }, (_, at) => ({
        name: `cam${at + 1}`,
        scene: (at % scenes) + 1,
        auth: { ...signIn, schemes: ['digest-sha-256', 'digest-md5'] as const },
      })),
    });
    const numbers = Array.from({ length: discoverable }, (_, at) => cameraCount - discoverable + at + 1);
    const devices = await Promise.all(
      numbers.map((number) =>
        startOnvifCamera({
          name: `Stall ${number}`,
          rtspPort: simulator.port,
          streams: [
            { path: `/cam${number}/sub`, width: 640, height: 360 },
            { path: `/cam${number}/main`, width: 1920, height: 1080 },
          ],
          signIn: { ...signIn, by: 'token' },
        }),
      ),
    );
    const folder = await mkdtemp(join(tmpdir(), 'commonsight-site-'));
    return new SiteStage({ siteId, folder, simulator, devices }, options);
  }

  private constructor(
    of: { siteId: string; folder: string; simulator: Simulator; devices: readonly OnvifCamera[] },
    options: SiteStageOptions,
  ) {
    this.siteId = of.siteId;
    this.folder = of.folder;
    this.simulator = of.simulator;
    this.#devices = of.devices;
    this.#options = options;
  }

  get user(): string {
    return signIn.username;
  }

  get password(): string {
    return signIn.password;
  }

  get relay(): RelayProcess {
    if (this.#relay === undefined) throw new Error('No relay was enrolled.');
    return this.#relay;
  }

  /** Enrols a relay with the code and starts it; resolves with its id when it is online. */
  async enrol(code: string, env: Record<string, string> = {}): Promise<string> {
    const { administrator } = this.#options;
    const args = ['enrol', '--server', administrator.url, '--code', code, '--folder', this.folder, '--name', 'Market'];
    const { exitCode, output } = await RelayProcess.run(args);
    if (exitCode !== 0) throw new Error(`The relay was not enrolled: ${output}`);
    const targets = this.#devices.map(({ host, discoveryPort }) => `${host}:${discoveryPort}`).join(',');
    this.#relay = new RelayProcess(['run', '--folder', this.folder], {
      LOG_LEVEL: 'info',
      RELAY_DISCOVERY_TARGETS: targets,
      ...env,
    });
    return waitFor('the relay is online', async () => {
      const { sites } = await administrator.call(routes.listSites);
      return sites.find(({ id }) => id === this.siteId)?.relays.find(({ isOnline }) => isOnline)?.id;
    });
  }

  /** The cameras that no search finds as a file of the administrator's, with quotes and commas where people have them. */
  csv(): string {
    const { cameraCount, discoverable = 0 } = this.#options;
    const lines = Array.from({ length: cameraCount - discoverable }, (_, at) => this.line(`Stall ${at + 1}`, at + 1));
    return ['name,section,host,port,main,sub,user,password,latitude,longitude,direction,width,range', ...lines].join(
      '\r\n',
    );
  }

  line(name: string, number: number, password = signIn.password): string {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    return [
      quoted(name),
      sections[number % sections.length],
      '127.0.0.1',
      this.simulator.port,
      `/cam${number}/main`,
      `/cam${number}/sub`,
      signIn.username,
      quoted(password),
      (position.latitude + (number % 12) / 10_000).toFixed(6),
      (position.longitude + Math.floor(number / 12) / 10_000).toFixed(6),
      (number * 37) % 360,
      90,
      30,
    ].join(',');
  }

  async close(): Promise<void> {
    await this.#relay?.end();
    for (const device of this.#devices) await device.close();
    await this.simulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

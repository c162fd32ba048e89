import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@commonsight/types/http/routes';
import { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import type { ApiUser } from '../ApiUser.ts';
import { ensureClips } from '../camera-simulator/clips.ts';
import { type Simulator, startSimulator } from '../camera-simulator/startSimulator.ts';

export interface SiteStageOptions {
  /** An administrator of the agency. */
  administrator: ApiUser;
  siteName: string;
  cameraCount: number;
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
  readonly #options: SiteStageOptions;
  #relay: RelayProcess | undefined;

  static async open(options: SiteStageOptions): Promise<SiteStage> {
    const { administrator, siteName, cameraCount, scenes } = options;
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
    return new SiteStage(siteId, await mkdtemp(join(tmpdir(), 'commonsight-site-')), simulator, options);
  }

  private constructor(siteId: string, folder: string, simulator: Simulator, options: SiteStageOptions) {
    this.siteId = siteId;
    this.folder = folder;
    this.simulator = simulator;
    this.#options = options;
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
    this.#relay = new RelayProcess(['run', '--folder', this.folder], { LOG_LEVEL: 'info', ...env });
    return waitFor('the relay is online', async () => {
      const { sites } = await administrator.call(routes.listSites);
      return sites.find(({ id }) => id === this.siteId)?.relays.find(({ isOnline }) => isOnline)?.id;
    });
  }

  /** All cameras as a file of the administrator's, with quotes and commas where people have them. */
  csv(): string {
    const { cameraCount } = this.#options;
    const lines = Array.from({ length: cameraCount }, (_, at) => this.line(`Stall ${at + 1}`, at + 1));
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
    await this.simulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

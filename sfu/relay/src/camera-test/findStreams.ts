import { type OnvifProfile, OnvifClient, type OnvifOptions } from '../onvif/OnvifClient.ts';
import { CameraError } from '../rtsp/CameraError.ts';

export interface FoundStreams {
  readonly port: number;
  readonly streams: { readonly main?: string; readonly sub?: string };
  readonly device: { manufacturer: string; model: string; firmware: string } | null;
  readonly clockErrorMs: number | undefined;
}

/** A tile of a dense wall is about so wide; the stream nearest to it is its own. */
const subWidth = 640;

/** Asks a camera over ONVIF for its clock, its name and its streams. Throws `CameraError`. */
export async function findStreams(options: OnvifOptions): Promise<FoundStreams> {
  const client = await OnvifClient.open(options);
  // First, and without a sign-in: the sign-in goes by the camera's clock.
  const clockErrorMs = await client.readClock();
  const profiles = chooseProfiles(await client.readProfiles());
  const device = await client.readDevice().catch(() => null);
  const main = await client.readStream(profiles.main.token);
  const sub = profiles.sub === undefined ? undefined : await client.readStream(profiles.sub.token);
  const hasSub = sub !== undefined && sub.port === main.port && sub.path !== main.path;
  return {
    port: main.port,
    streams: hasSub ? { main: main.path, sub: sub.path } : { main: main.path },
    device,
    clockErrorMs,
  };
}

/** The largest that browsers show, and the one that fits a tile best. With nothing but H265 those: the test says so. */
export function chooseProfiles(profiles: readonly OnvifProfile[]): {
  main: OnvifProfile;
  sub: OnvifProfile | undefined;
} {
  const h264 = profiles.filter(({ codec }) => /^h\.?264$/i.test(codec));
  const usable = h264.length > 0 ? h264 : profiles;
  const area = ({ width, height }: OnvifProfile) => width * height;
  const main = usable.toSorted((one, other) => area(other) - area(one))[0];
  if (main === undefined)
    throw new CameraError('notFound', 'Camera offers no stream over ONVIF. Enter its paths by hand.');
  const sub = usable
    .filter((one) => area(one) < area(main))
    .toSorted((one, other) => Math.abs(one.width - subWidth) - Math.abs(other.width - subWidth))[0];
  return { main, sub };
}

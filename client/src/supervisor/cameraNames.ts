import type { Camera } from '@commonsight/types/camera';
import type { Id } from '@commonsight/types/ids';

const namedAtMost = 8;

/** The cameras by name, as many as can be read; what the user may not list has none. */
export function cameraNames(ids: readonly Id[], cameras: ReadonlyMap<Id, Camera>): string {
  const names = ids.slice(0, namedAtMost).map((id) => cameras.get(id)?.name ?? 'a camera that you may not see');
  const more = ids.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

import type { Ledger } from '@commonsight/types/ledger';
import type { OwnerHealth } from '@commonsight/types/owner';
import { type Condition, conditionOf } from '../../health/conditionOf.ts';

/** How one of the owner's cameras is, by its name. */
export interface OwnCondition extends Condition {
  cameraId: string;
  name: string;
}

/** How the cameras are, in the order of the page; one of which the relay has not told yet is left out. */
export function ownConditions(cameras: Ledger['cameras'], health: OwnerHealth): OwnCondition[] {
  const told = new Map(health.cameras.map((camera) => [camera.id, camera]));
  return cameras.flatMap(({ id, name }) => {
    const camera = told.get(id);
    if (camera === undefined) return [];
    return [{ cameraId: id, name, ...conditionOf(camera, camera.relay, { isKnown: true, reader: 'owner' }) }];
  });
}

/** How all of them are, in a sentence. */
export function healthSentence(conditions: readonly OwnCondition[]): string {
  const count = (kind: OwnCondition['kind']) => conditions.filter((one) => one.kind === kind).length;
  const [all, problems, waiting, unknown] = [conditions.length, count('problem'), count('waiting'), count('unknown')];
  if (all === 0) return 'There is no camera to look after yet.';
  if (problems + waiting + unknown === 0) return all === 1 ? 'Your camera answers.' : `All ${all} cameras answer.`;
  const parts = [
    ...(problems === 0 ? [] : [`${problems} of ${all} ${problems === 1 ? 'needs' : 'need'} looking after.`]),
    ...(waiting === 0 ? [] : [`${waiting} of ${all} ${waiting === 1 ? 'waits' : 'wait'} for a confirmation.`]),
    ...(unknown === 0 ? [] : [`${unknown} of ${all} ${unknown === 1 ? 'has' : 'have'} not been looked at yet.`]),
  ];
  return `Cameras: ${parts.join(' ')}`;
}

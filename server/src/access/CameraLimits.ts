import type { CameraPermission } from '@commonsight/types/permission';
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameraGroupCameras, cameraGroupRules, cameras } from '../db/schema.ts';
import type { UserActor } from './Actor.ts';

type LimitedUser = Pick<UserActor, 'agencyId' | 'userId' | 'role'>;

/** Which of the agency's cameras a user reaches. */
export interface CameraReach {
  /** False for who reaches every camera, as most do. */
  isLimited: boolean;
  holds: (cameraId: string) => boolean;
}

const everything: CameraReach = { isLimited: false, holds: () => true };

/** What the gate asks about cameras one by one. */
export interface CameraLimits {
  reachOf(user: LimitedUser, permission: CameraPermission): Promise<CameraReach>;
  /** Those of the ids that are cameras of the user's agency and out of the user's reach. */
  outOfReach(user: LimitedUser, permission: CameraPermission, cameraIds: readonly string[]): Promise<string[]>;
}

/** Limits users to camera groups by the rules of their agency. The rules are read anew each time. */
export class CameraGroupLimits implements CameraLimits {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async reachOf(user: LimitedUser, permission: CameraPermission): Promise<CameraReach> {
    const { agencyId, userId, role } = user;
    const about = await this.#db
      .select()
      .from(cameraGroupRules)
      .where(
        and(
          eq(cameraGroupRules.agencyId, agencyId),
          or(eq(cameraGroupRules.userId, userId), eq(cameraGroupRules.role, role)),
        ),
      );
    // Who does not see a camera does not watch it either.
    const asked: readonly CameraPermission[] =
      permission === 'camera.view' ? ['camera.list', 'camera.view'] : [permission];
    const rules = about.filter((rule) => rule.permissions.some((named) => asked.includes(named)));
    if (rules.length === 0) return everything;
    const members = await this.#db
      .select()
      .from(cameraGroupCameras)
      .where(
        and(
          eq(cameraGroupCameras.agencyId, agencyId),
          inArray(cameraGroupCameras.groupId, [...new Set(rules.map((rule) => rule.groupId))]),
        ),
      );
    const camerasOf = (groupIds: ReadonlySet<string>) =>
      new Set(members.filter((member) => groupIds.has(member.groupId)).map((member) => member.cameraId));
    const groupsOf = (effect: 'allow' | 'deny', named: CameraPermission) =>
      new Set(
        rules.filter((rule) => rule.effect === effect && rule.permissions.includes(named)).map((rule) => rule.groupId),
      );
    const limits = asked.map((named) => {
      const allowedGroups = groupsOf('allow', named);
      return {
        allowed: allowedGroups.size === 0 ? null : camerasOf(allowedGroups),
        denied: camerasOf(groupsOf('deny', named)),
      };
    });
    return {
      isLimited: true,
      holds: (cameraId) =>
        limits.every(({ allowed, denied }) => !denied.has(cameraId) && (allowed === null || allowed.has(cameraId))),
    };
  }

  async outOfReach(user: LimitedUser, permission: CameraPermission, cameraIds: readonly string[]): Promise<string[]> {
    if (cameraIds.length === 0) return [];
    const reach = await this.reachOf(user, permission);
    const beyond = cameraIds.filter((id) => !reach.holds(id));
    if (beyond.length === 0) return [];
    // What another agency has is not refused here: it must look like what does not exist.
    const rows = await this.#db
      .select({ id: cameras.id })
      .from(cameras)
      .where(and(eq(cameras.agencyId, user.agencyId), inArray(cameras.id, beyond)));
    return rows.map((row) => row.id);
  }
}

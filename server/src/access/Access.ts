import type { AuditType } from '@commonsight/types/audit-event';
import {
  type CameraPermission,
  type Permission,
  cameraPermissionSchema,
  rolePermissions,
  wallDisplayPermissions,
} from '@commonsight/types/permission';
import type { Act, Audit, TargetKind } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { Actor, UserActor } from './Actor.ts';
import type { CameraLimits, CameraReach } from './CameraLimits.ts';

/** A record that an act is about, found within the actor's agency. */
export interface Target<Found> {
  kind: TargetKind;
  id: string;
  find: (agencyId: string) => Promise<Found | null>;
}

/** What is asked of the gate besides the permission. */
export interface AccessRequest<Found extends { agencyId: string }, Checked> {
  auditType: AuditType;
  target?: Target<Found>;
  /**
   * The cameras that the act is about besides its target, and what it does with them. The gate refuses those that are out
   * of the user's reach; whether they exist is the service's to check.
   */
  cameras?: (found: Found) => { permission: CameraPermission; ids: readonly string[] };
  /** A further condition, such as a running grant: throws a `CodedError` to refuse. */
  check?: (user: UserActor, found: Found) => Promise<Checked>;
  /** What the audit event says besides actor and target. */
  describe?: (checked: Checked, found: Found) => Pick<Act, 'grantId' | 'details'>;
  /**
   * `act` writes the line before the act takes effect. `refusals` writes refusals alone: for what is part of an act
   * that has its own line.
   */
  record?: 'act' | 'refusals';
}

export interface Admitted<Found, Checked> {
  user: UserActor;
  found: Found;
  checked: Checked;
}

const receivingPermissions: readonly Permission[] = wallDisplayPermissions;

/** What remembers that an actor was admitted, so that a route can tell that its service asked. */
const admittedPermissions = new WeakMap<Actor, Set<Permission>>();

/**
 * The one gate. Default is no: the actor must be a user whose role holds the permission, the target must exist in the
 * user's own agency (else `notFound`, which does not say whether it exists elsewhere), its cameras must be in the user's
 * reach, and the further check must pass. Either way one audit event is committed before this returns or throws; with
 * `record: 'refusals'` one that is let through has its line in `commit`, or is part of another act.
 */
export class Access {
  readonly #audit: Audit;
  readonly #limits: CameraLimits;

  constructor(audit: Audit, limits: CameraLimits) {
    this.#audit = audit;
    this.#limits = limits;
  }

  /** Which cameras a user reaches, for lists that leave the others out. */
  reachOf(user: Pick<UserActor, 'agencyId' | 'userId' | 'role'>, permission: CameraPermission): Promise<CameraReach> {
    return this.#limits.reachOf(user, permission);
  }

  async requireAccess<Found extends { agencyId: string } = never, Checked = undefined>(
    actor: Actor,
    permission: Permission,
    request: AccessRequest<Found, Checked>,
  ): Promise<Admitted<Found, Checked>> {
    const target = request.target === undefined ? null : { kind: request.target.kind, id: request.target.id };
    const refuse = (error: CodedError) => this.refuse(actor, { type: request.auditType, target, permission }, error);

    if (actor.kind !== 'user') return refuse(new CodedError('notSignedIn'));
    if (!holdsPermission(actor, permission)) return refuse(new CodedError('notPermitted'));

    // Without a target there is nothing to find, and `Found` is `never`: nobody can read the value.
    let found = undefined as unknown as Found;
    if (request.target !== undefined) {
      const record = await request.target.find(actor.agencyId);
      if (record === null || record.agencyId !== actor.agencyId) return refuse(new CodedError('notFound'));
      found = record;
    }
    const cameras = request.cameras?.(found) ?? targetCamera(permission, target);
    if (cameras !== null && (await this.#limits.outOfReach(actor, cameras.permission, cameras.ids)).length > 0) {
      return refuse(new CodedError('notPermitted', 'This camera is not among those that you may reach.'));
    }
    let checked = undefined as Checked;
    if (request.check !== undefined) {
      try {
        checked = await request.check(actor, found);
      } catch (error) {
        if (error instanceof CodedError) return refuse(error);
        throw error;
      }
    }
    if (request.record !== 'refusals') {
      const description = request.describe?.(checked, found) ?? {};
      await this.#audit.record({ type: request.auditType, outcome: 'done', actor, target, ...description });
    }
    noteAdmission(actor, permission);
    return { user: actor, found, checked };
  }

  /**
   * Writes the line of an act that the gate has admitted (with `record: 'refusals'`) and the act's records in one commit,
   * so that neither is there without the other: for what several may try at once and only one can do. `write` uses the
   * handle that it is given; a `CodedError` out of it is a refusal like the gate's own. `also`: the lines of what else the act
   * does, in the same commit.
   */
  async commit<Written>(
    user: UserActor,
    act: Omit<Act, 'actor' | 'outcome'>,
    write: (tx: Db) => Promise<Written>,
    also: readonly Omit<Act, 'actor' | 'outcome'>[] = [],
  ): Promise<Written> {
    let written: { value: Written } | null = null;
    try {
      const acts = [act, ...also].map((each) => ({ ...each, outcome: 'done' as const, actor: user }));
      await this.#audit.recordAll(acts, {
        with: async (tx) => {
          written = { value: await write(tx) };
        },
      });
    } catch (error) {
      if (error instanceof CodedError) return this.refuse(user, act, error);
      throw error;
    }
    // Assigned in the callback, which the compiler does not follow.
    const done = written as { value: Written } | null;
    if (done === null) throw new Error('A line was committed without its records.');
    return done.value;
  }

  /** Writes a refusal down and throws it. */
  async refuse(
    actor: Actor,
    act: { type: AuditType; target?: Act['target'] | undefined; permission?: Permission },
    error: CodedError,
  ): Promise<never> {
    await this.#audit.record({
      type: act.type,
      outcome: 'refused',
      actor,
      target: act.target ?? null,
      details: { code: error.code, ...(act.permission === undefined ? {} : { permission: act.permission }) },
    });
    throw error;
  }
}

/** An act on one camera is about this camera, unless it is one that no group limits. */
function targetCamera(permission: Permission, target: Act['target'] | null) {
  const limited = cameraPermissionSchema.safeParse(permission);
  return limited.success && target?.kind === 'camera' ? { permission: limited.data, ids: [target.id] } : null;
}

/** Whether the user's role holds the permission, and the user's device may use it. */
export function holdsPermission(user: Pick<UserActor, 'role' | 'deviceClass'>, permission: Permission): boolean {
  return rolePermissions[user.role].includes(permission) && isAllowedOnDevice(user, permission);
}

/** SES7: whatever the role is, a wall display receives and does nothing else. */
export function isAllowedOnDevice({ deviceClass }: Pick<UserActor, 'deviceClass'>, permission: Permission): boolean {
  return deviceClass === undefined || receivingPermissions.includes(permission);
}

/** Whether the gate has admitted this very actor object for the permission. */
export function wasAdmitted(actor: Actor, permission: Permission): boolean {
  return admittedPermissions.get(actor)?.has(permission) ?? false;
}

function noteAdmission(actor: Actor, permission: Permission): void {
  const admitted = admittedPermissions.get(actor) ?? new Set();
  admitted.add(permission);
  admittedPermissions.set(actor, admitted);
}

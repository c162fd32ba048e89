import type { CameraGroup, CameraGroupRule } from '@commonsight/types/camera-group';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import { findAnyCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Notices } from '../notices.ts';
import { findUser } from '../users/userRepository.ts';
import { type FoundGroup, findGroup, listGroups, removeGroup, writeGroup } from './cameraGroupRepository.ts';

type Body = Omit<CameraGroup, 'id'>;

/** Groups of cameras, and who is limited to them. The gate reads their rules (`CameraLimits`). */
export class CameraGroups {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;

  constructor(parts: { db: Db; access: Access; notices: Notices }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
  }

  async list(actor: Actor): Promise<CameraGroup[]> {
    const { user } = await this.#access.requireAccess(actor, 'cameraGroup.administer', {
      auditType: 'cameraGroup.listed',
    });
    return (await listGroups(this.#db, user.agencyId)).map(toWire);
  }

  async create(actor: Actor, body: Body): Promise<CameraGroup> {
    const group = { id: newId(), ...body, cameraIds: [...new Set(body.cameraIds)] };
    const { user } = await this.#access.requireAccess(actor, 'cameraGroup.administer', {
      auditType: 'cameraGroup.created',
      check: (admitted) => this.#assertOwn(admitted, body),
      describe: () => ({ details: { groupId: group.id, ...describe(body) } }),
    });
    return this.#write(user, group, { isNew: true });
  }

  async change(actor: Actor, id: string, body: Body): Promise<CameraGroup> {
    const group = { id, ...body, cameraIds: [...new Set(body.cameraIds)] };
    const { user } = await this.#access.requireAccess(actor, 'cameraGroup.administer', {
      auditType: 'cameraGroup.changed',
      target: this.#target(id),
      check: (admitted) => this.#assertOwn(admitted, body),
      describe: () => ({ details: describe(body) }),
    });
    return this.#write(user, group, { isNew: false });
  }

  async remove(actor: Actor, id: string): Promise<Record<string, never>> {
    const { user } = await this.#access.requireAccess(actor, 'cameraGroup.administer', {
      auditType: 'cameraGroup.removed',
      target: this.#target(id),
      describe: (_checked, { name }) => ({ details: { name } }),
    });
    await removeGroup(this.#db, user.agencyId, id);
    void this.#notices.tell('cameraGroupsChanged', { agencyId: user.agencyId });
    return {};
  }

  #target(id: string) {
    return { kind: 'cameraGroup' as const, id, find: (agencyId: string) => findGroup(this.#db, agencyId, id) };
  }

  async #assertOwn({ agencyId }: UserActor, { cameraIds, rules }: Body): Promise<undefined> {
    const wanted = new Set(cameraIds);
    const found = await findAnyCameras(this.#db, agencyId, [...wanted]);
    if (found.length !== wanted.size) throw new CodedError('notFound', 'There is no such camera.');
    for (const userId of new Set(rules.flatMap((rule) => rule.userId ?? []))) {
      if ((await findUser(this.#db, agencyId, userId)) === null) {
        throw new CodedError('notFound', 'There is no such user.');
      }
    }
  }

  async #write(user: UserActor, group: CameraGroup, how: { isNew: boolean }): Promise<CameraGroup> {
    const { agencyId } = user;
    if (!(await this.#db.transaction((tx) => writeGroup(tx, agencyId, group, how)))) throw new CodedError('notFound');
    void this.#notices.tell('cameraGroupsChanged', { agencyId });
    const found = await findGroup(this.#db, agencyId, group.id);
    return found === null ? group : toWire(found);
  }
}

function describe({ name, cameraIds, rules }: Body) {
  return { name, cameraIds, rules: rules.map(describeRule) };
}

function describeRule({ effect, role, userId, permissions }: CameraGroupRule): string {
  return `${effect} ${permissions.join(' ')} to ${role ?? userId ?? ''}`;
}

function toWire({ id, name, cameraIds, rules }: FoundGroup): CameraGroup {
  return { id, name, cameraIds, rules };
}

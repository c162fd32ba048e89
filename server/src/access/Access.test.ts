import { type Permission, type Role, permissionSchema, roleSchema } from '@commonsight/types/permission';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import type { Database } from '../db/Database.ts';
import { createTestDatabase } from '../db/testing/createTestDatabase.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { Access, wasAdmitted } from './Access.ts';
import { CameraGroupLimits } from './CameraLimits.ts';
import type { Actor, UserActor } from './Actor.ts';

let database: Database;
let audit: Audit;
let access: Access;

beforeAll(async () => {
  database = await createTestDatabase();
  audit = new Audit(database.db);
  access = new Access(audit, new CameraGroupLimits(database.db));
});

afterAll(() => database.close());

function makeUser(role: Role): UserActor {
  return {
    kind: 'user',
    userId: newId(),
    name: 'Somebody',
    agencyId: newId(),
    role,
    sessionId: newId(),
    sourceAddress: '192.0.2.1',
  };
}

const linesOf = (actor: { agencyId: string }) => audit.list(actor.agencyId, { limit: 10 });

/** The auditor stands outside. */
const everybody = ['analyst', 'dispatcher', 'supervisor', 'administrator'];
const operators = ['analyst', 'dispatcher', 'supervisor'];

/** Who can do what, as the README's table promises it: written out here, and not taken from what it checks. */
const promised: Record<Permission, readonly string[]> = {
  'camera.list': everybody,
  'camera.view': operators,
  'grant.request': operators,
  'grant.approve': ['supervisor'],
  'grant.revoke': ['supervisor'],
  'cameraGroup.administer': ['administrator'],
  'policy.propose': ['supervisor', 'administrator'],
  'policy.approve': ['supervisor', 'administrator'],
  'wall.read': everybody,
  'wall.edit': operators,
  'incident.read': everybody,
  'incident.edit': operators,
  'incident.create': ['dispatcher', 'supervisor'],
  'incident.close': ['dispatcher', 'supervisor'],
  'viewing.supervise': ['supervisor'],
  'viewing.end': ['supervisor'],
  'session.supervise': ['supervisor'],
  'session.end': ['supervisor'],
  'message.send': ['supervisor'],
  'review.list': ['supervisor', 'auditor'],
  'review.close': ['supervisor'],
  'shift.administer': ['supervisor'],
  'wallDisplay.declare': ['supervisor'],
  'finding.write': ['auditor'],
  'ledger.withhold': ['supervisor'],
  'audit.read': ['supervisor', 'administrator', 'auditor'],
  'site.read': everybody,
  'alert.read': operators,
  'siteCard.read': operators,
  'registry.read': operators,
  'registry.reveal': operators,
  'footage.request': operators,
  'footage.read': operators,
  'registry.administer': ['administrator'],
  'site.administer': ['administrator'],
  'camera.administer': ['administrator'],
  'relay.administer': ['administrator'],
  'user.administer': ['administrator'],
  'user.suspend': ['supervisor'],
};

const cases = roleSchema.options.flatMap((role) =>
  permissionSchema.options.map((permission) => ({ role, permission, isHeld: promised[permission].includes(role) })),
);

test.each(cases.filter(({ isHeld }) => isHeld))('$role holds $permission', async ({ role, permission }) => {
  const user = makeUser(role);
  const admitted = await access.requireAccess(user, permission, { auditType: 'wall.changed' });
  expect(admitted.user).toBe(user);
  expect(await linesOf(user)).toMatchObject([{ type: 'wall.changed', outcome: 'done', actorId: user.userId }]);
  expect(wasAdmitted(user, permission)).toBe(true);
});

test.each(cases.filter(({ isHeld }) => !isHeld))('ACC2 $role lacks $permission', async ({ role, permission }) => {
  const user = makeUser(role);
  const asked = access.requireAccess(user, permission, { auditType: 'wall.changed' });
  await expect(asked).rejects.toMatchObject({ code: 'notPermitted' });
  expect(await linesOf(user)).toMatchObject([
    { type: 'wall.changed', outcome: 'refused', actorId: user.userId, details: { permission } },
  ]);
  expect(wasAdmitted(user, permission)).toBe(false);
});

test.each<[string, Actor]>([
  ['a relay', { kind: 'relay', relayId: newId(), agencyId: newId(), sourceAddress: null }],
  ['the system', { kind: 'system', agencyId: newId() }],
  ['nobody', { kind: 'anonymous', sourceAddress: null }],
])('%s holds no permission', async (_who, actor) => {
  for (const permission of permissionSchema.options) {
    const asked = access.requireAccess(actor, permission, { auditType: 'wall.read' });
    await expect(asked).rejects.toMatchObject({ code: 'notSignedIn' });
  }
});

describe('targets', () => {
  const target = (found: { agencyId: string } | null) => ({
    kind: 'camera' as const,
    id: newId(),
    find: () => Promise.resolve(found),
  });

  test('one of the own agency is handed on', async () => {
    const user = makeUser('analyst');
    const record = { agencyId: user.agencyId, name: 'x' };
    const wanted = target(record);
    const { found } = await access.requireAccess(user, 'camera.view', {
      auditType: 'viewing.started',
      target: wanted,
    });
    expect(found).toBe(record);
    expect(await linesOf(user)).toMatchObject([{ targetKind: 'camera', targetId: wanted.id, outcome: 'done' }]);
  });

  test.each([
    ['that does not exist', null],
    ['of another agency', { agencyId: newId() }],
  ])('MSG6 one %s is not found, and that is written down', async (_what, record) => {
    const user = makeUser('analyst');
    const asked = access.requireAccess(user, 'camera.view', { auditType: 'viewing.started', target: target(record) });
    await expect(asked).rejects.toMatchObject({ code: 'notFound' });
    expect(await linesOf(user)).toMatchObject([{ outcome: 'refused', details: { code: 'notFound' } }]);
  });

  test('is not even looked for when the role does not hold the permission', async () => {
    let wasAsked = false;
    const find = () => {
      wasAsked = true;
      return Promise.resolve(null);
    };
    const asked = access.requireAccess(makeUser('administrator'), 'camera.view', {
      auditType: 'viewing.started',
      target: { kind: 'camera', id: newId(), find },
    });
    await expect(asked).rejects.toMatchObject({ code: 'notPermitted' });
    expect(wasAsked).toBe(false);
  });
});

describe('a further check', () => {
  test('refuses with its own code, and that is written down', async () => {
    const user = makeUser('analyst');
    const asked = access.requireAccess(user, 'camera.view', {
      auditType: 'viewing.started',
      check: () => Promise.reject(new CodedError('grantNeeded')),
    });
    await expect(asked).rejects.toMatchObject({ code: 'grantNeeded' });
    expect(await linesOf(user)).toMatchObject([{ outcome: 'refused', details: { code: 'grantNeeded' } }]);
  });

  test('hands on what it found, and describes the line', async () => {
    const user = makeUser('analyst');
    const grantId = newId();
    const { checked } = await access.requireAccess(user, 'camera.view', {
      auditType: 'viewing.started',
      check: () => Promise.resolve({ grantId }),
      describe: (grant) => ({ ...grant, details: { stream: 'sub' } }),
    });
    expect(checked).toEqual({ grantId });
    expect(await linesOf(user)).toMatchObject([{ grantId, details: { stream: 'sub' } }]);
  });

  test('that fails for another reason is no refusal', async () => {
    const user = makeUser('analyst');
    const asked = access.requireAccess(user, 'camera.view', {
      auditType: 'viewing.started',
      check: () => Promise.reject(new Error('the database is gone')),
    });
    await expect(asked).rejects.toThrow('the database is gone');
    expect(wasAdmitted(user, 'camera.view')).toBe(false);
  });
});

test('what is part of another act has a line only when it is refused', async () => {
  const user = makeUser('analyst');
  await access.requireAccess(user, 'camera.view', { auditType: 'viewing.started', record: 'refusals' });
  expect(await linesOf(user)).toEqual([]);
  const asked = access.requireAccess(user, 'viewing.end', { auditType: 'viewing.ended', record: 'refusals' });
  await expect(asked).rejects.toMatchObject({ code: 'notPermitted' });
  expect(await linesOf(user)).toHaveLength(1);
});

test('ACC3 when the line cannot be written nobody is admitted, and no refusal is claimed', async () => {
  const broken = await createTestDatabase();
  await broken.close();
  const gate = new Access(new Audit(broken.db), new CameraGroupLimits(broken.db));
  const user = makeUser('analyst');
  const asked = gate.requireAccess(user, 'camera.view', { auditType: 'viewing.started' });
  await expect(asked).rejects.not.toBeInstanceOf(CodedError);
  expect(wasAdmitted(user, 'camera.view')).toBe(false);
});

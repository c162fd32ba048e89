import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { wallHandlers } from './wallHandlers.ts';
import { WallPresence } from './WallPresence.ts';

/** Redis's hashes, in memory. */
class MemoryState {
  readonly fields = new Map<string, Map<string, string>>();

  writeField(key: string, field: string, value: string): Promise<boolean> {
    this.fields.set(key, (this.fields.get(key) ?? new Map()).set(field, value));
    return Promise.resolve(true);
  }

  removeField(key: string, field: string): Promise<boolean> {
    this.fields.get(key)?.delete(field);
    return Promise.resolve(true);
  }

  readFields(key: string): Promise<Record<string, string>> {
    return Promise.resolve(Object.fromEntries(this.fields.get(key) ?? []));
  }
}

function createPresence() {
  const told: { wallId: string; names: string[] }[] = [];
  const state = new MemoryState();
  const presence = new WallPresence({
    state,
    tell: (wallId, present) => told.push({ wallId, names: present.map(({ user }) => user.name) }),
  });
  return { presence, state, told };
}

const person = (name: string) => ({ id: newId(), name, role: 'analyst' as const });

test('a connection that closes leaves every wall, and those who are there are told', async () => {
  const { presence, state, told } = createPresence();
  const [ana, kim] = [person('Ana'), person('Kim')];
  await presence.join('a', 'north', ana, 1);
  await presence.join('a', 'south', ana, 2);
  await presence.join('k', 'north', kim, 1);
  told.length = 0;
  await presence.connectionClosed('a');
  expect(told).toEqual([
    { wallId: 'north', names: ['Kim'] },
    { wallId: 'south', names: [] },
  ]);
  expect([...state.fields.values()].flatMap((fields) => [...fields.keys()])).toEqual(['k']);
  // What is kept alive from now on is what is there.
  await presence.refresh();
  expect([await presence.present('north'), await presence.present('south')]).toEqual([[{ user: kim, screen: 1 }], []]);
  await presence.connectionClosed('a');
  expect(told).toHaveLength(2);
});

test('a connection that closed while it was let onto a wall is not there', async () => {
  const { presence, told } = createPresence();
  const connection = { id: 'a', isOpen: true, join: () => undefined };
  const { 'wall:join': join } = wallHandlers({
    presence,
    access: { requireAccess: () => Promise.reject(new Error('is not asked')) },
    walls: {
      // While the gate is asked the socket goes, and there is nothing to leave yet.
      follow: async (_actor: unknown, _wallId: string, onAdmitted: () => Promise<void>) => {
        connection.isOpen = false;
        await presence.connectionClosed('a');
        await onAdmitted();
        return {};
      },
    },
    onPresenceChanged: () => undefined,
  } as unknown as Parameters<typeof wallHandlers>[0]);
  const actor = { kind: 'user', userId: newId(), name: 'Ana', role: 'analyst' };
  await join({ actor, connection } as unknown as Parameters<typeof join>[0], { wallId: 'north', screen: 1 });
  expect(await presence.present('north')).toEqual([]);
  expect(told.at(-1)).toEqual({ wallId: 'north', names: [] });
});

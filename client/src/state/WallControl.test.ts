import type { Answer } from '@commonsight/types/answer';
import type { Wall } from '@commonsight/types/wall';
import { describe, expect, it } from 'vitest';
import { FakeSignaling, settle } from '../testing/fakeSignaling.ts';
import { aTile, aWall } from '../testing/records.ts';
import type { WallChange, WallPresence } from './wall.ts';
import { WallControl } from './WallControl.ts';

const lo = { user: { id: 'user-2', name: 'K. Lo', role: 'dispatcher' }, screen: 1 } as const;

function aChange(revision: number, change: Partial<WallChange> = {}): WallChange {
  return {
    wallId: 'wall-1',
    revision,
    screens: [{ number: 1, layout: '4', tiles: [aTile({ slot: revision })] }],
    removedScreens: [],
    by: lo.user,
    act: 'tileMoved',
    ...change,
  };
}

/** A server that answers when the test says so. */
function setUp() {
  const answers: ((answer: Answer<{ wall: Wall }>) => void)[] = [];
  const signaling = new FakeSignaling({
    'wall:join': () => new Promise((resolve) => answers.push(resolve)),
  });
  const control = WallControl.create(signaling);
  return {
    control,
    signaling,
    state: () => control.store.getState(),
    joined: () => {
      const state = control.store.getState();
      if (state.state !== 'joined') throw new Error(`The wall is ${state.state}.`);
      return state;
    },
    tell: (change: WallChange) => signaling.tell('wall:changed', change),
    tellPresence: (present: WallPresence, wallId = 'wall-1') =>
      signaling.tell('wall:presenceChanged', { wallId, present }),
    /** Answers the join with this number. */
    answer: async (index: number, wall = aWall()) => {
      answers[index]?.({ ok: true, value: { wall } });
      await settle();
    },
  };
}

describe('WallControl', () => {
  it('keeps the presence that is told before the answer to the join', async () => {
    const { control, tellPresence, answer, joined } = setUp();
    void control.join('wall-1', 1);
    tellPresence([lo]);
    tellPresence([], 'wall-2');
    await answer(0);
    expect(joined().present).toEqual([lo]);
  });

  it('keeps the presence when another join of the same wall overtakes the first', async () => {
    const { control, tellPresence, answer, joined } = setUp();
    void control.join('wall-1', 1);
    tellPresence([lo]);
    void control.join('wall-1', 2);
    await answer(0);
    await answer(1);
    expect(joined()).toMatchObject({ screen: 2, present: [lo] });
  });

  it('WAL2 makes what was told meanwhile on an answer that is older', async () => {
    const { control, tell, answer, joined, signaling } = setUp();
    void control.join('wall-1', 1);
    tell(aChange(7));
    tell(aChange(8));
    tell(aChange(9));
    await answer(0, aWall({ revision: 7 }));
    expect(joined().wall).toMatchObject({ revision: 9, screens: [{ tiles: [{ slot: 9 }] }] });
    expect(signaling.of('wall:join')).toHaveLength(1);
  });

  it('WAL2 does not go back behind a revision that was applied while it was read anew', async () => {
    const { control, tell, answer, joined } = setUp();
    void control.join('wall-1', 1);
    await answer(0, aWall({ revision: 7 }));
    void control.rejoin();
    tell(aChange(8));
    expect(joined().wall.revision).toBe(8);
    await answer(1, aWall({ revision: 7 }));
    expect(joined().wall.revision).toBe(8);
  });

  it('WAL2 joins again when a revision was missed before the answer, and once only', async () => {
    const { control, tell, answer, joined, signaling } = setUp();
    void control.join('wall-1', 1);
    tell(aChange(9));
    await answer(0, aWall({ revision: 7 }));
    expect(signaling.of('wall:join')).toHaveLength(2);
    await answer(1, aWall({ revision: 9 }));
    expect(joined().wall.revision).toBe(9);
    tell(aChange(12));
    tell(aChange(13));
    expect(signaling.of('wall:join')).toHaveLength(3);
    await answer(2, aWall({ revision: 13 }));
    expect(joined().wall.revision).toBe(13);
    expect(signaling.of('wall:join')).toHaveLength(3);
  });

  it('takes an older wall from a server that was set back', async () => {
    const { control, answer, joined } = setUp();
    void control.join('wall-1', 1);
    await answer(0, aWall({ revision: 7 }));
    void control.rejoin();
    await answer(1, aWall({ revision: 3 }));
    expect(joined().wall.revision).toBe(3);
  });

  it('forgets what was told of a wall that it has left', async () => {
    const { control, tell, tellPresence, answer, joined, state } = setUp();
    void control.join('wall-1', 1);
    tellPresence([lo]);
    void control.leave();
    await answer(0);
    expect(state()).toEqual({ state: 'none' });
    void control.join('wall-1', 1);
    tell(aChange(9, { wallId: 'wall-2' }));
    await answer(1);
    expect(joined()).toMatchObject({ wall: { revision: 7 }, present: [] });
  });
});

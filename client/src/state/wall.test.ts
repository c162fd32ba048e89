import { describe, expect, it } from 'vitest';
import { aTile, aWall } from '../testing/records.ts';
import { applyWallChange, currentScreen, slotForNewTile, type WallChange } from './wall.ts';

function aChange(change: Partial<WallChange> = {}): WallChange {
  return {
    wallId: 'wall-1',
    revision: 8,
    screens: [{ number: 1, layout: '9', tiles: [aTile({ slot: 5 })] }],
    removedScreens: [],
    by: { id: 'user-2', name: 'K. Lo', role: 'dispatcher' },
    act: 'tileMoved',
    ...change,
  };
}

describe('applyWallChange', () => {
  it('WAL1: takes the screens that the next revision touched and leaves the others', () => {
    const other = { number: 2, layout: '1', tiles: [] } as const;
    const wall = aWall({ screens: [...aWall().screens, { ...other, tiles: [] }] });
    const after = applyWallChange(wall, aChange());
    expect(after).toMatchObject({ revision: 8, screens: [{ layout: '9', tiles: [{ id: 'tile-1', slot: 5 }] }, other] });
  });

  it('WAL2: says that a revision was missed', () => {
    expect(applyWallChange(aWall(), aChange({ revision: 9 }))).toBe('gap');
  });

  it('ignores a change that is in the wall already', () => {
    const wall = aWall();
    expect(applyWallChange(wall, aChange({ revision: 7 }))).toBe(wall);
    expect(applyWallChange(wall, aChange({ revision: 3 }))).toBe(wall);
  });

  it('takes a screen away', () => {
    const wall = aWall({ screens: [...aWall().screens, { number: 2, layout: '4', tiles: [] }] });
    const after = applyWallChange(wall, aChange({ act: 'undone', screens: [], removedScreens: [2] }));
    expect(after === 'gap' ? [] : after.screens.map((screen) => screen.number)).toEqual([1]);
  });

  it('adds a screen in its place', () => {
    const after = applyWallChange(
      aWall(),
      aChange({ act: 'screenAdded', screens: [{ number: 2, layout: '4', tiles: [] }] }),
    );
    expect(after === 'gap' ? [] : after.screens.map((screen) => screen.number)).toEqual([1, 2]);
  });
});

describe('currentScreen', () => {
  it('is the screen of this window, and none while the wall is not here', () => {
    const wall = aWall();
    const joined = { state: 'joined', wallId: wall.id, wall, present: [] } as const;
    expect(currentScreen({ ...joined, screen: 1, present: [] })?.number).toBe(1);
    expect(currentScreen({ ...joined, screen: 2, present: [] })).toBeNull();
    expect(currentScreen({ state: 'joining', wallId: wall.id, screen: 1 })).toBeNull();
  });
});

describe('slotForNewTile', () => {
  const screen = { number: 1, layout: '4', tiles: [aTile({ slot: 1 }), aTile({ id: 'tile-2', slot: 2 })] } as const;

  it('is the selected slot, else the first free one, else the first', () => {
    expect(slotForNewTile({ ...screen, tiles: [...screen.tiles] }, 2)).toBe(2);
    expect(slotForNewTile({ ...screen, tiles: [...screen.tiles] }, null)).toBe(3);
    expect(slotForNewTile({ ...screen, tiles: [...screen.tiles] }, 9)).toBe(3);
    const full = [1, 2, 3, 4].map((slot) => aTile({ id: `tile-${slot}`, slot }));
    expect(slotForNewTile({ number: 1, layout: '4', tiles: full }, null)).toBe(1);
  });
});

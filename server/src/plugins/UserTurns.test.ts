import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { analystActor } from '../testing/analystActor.ts';
import { UserTurns } from './UserTurns.ts';

const cookie = (token: string) => ({ cookie: `commonsight.session_token=${token}.signature` });

function sessionOf(userId: string) {
  return { actor: { ...analystActor, userId }, state: 'active' as const };
}

/** Takes every turn that the user has at once, and tells how many were under way at the same time. */
function occupy(turns: UserTurns, userId: string, count: number) {
  let open = () => undefined as void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const seen = { underWay: 0, most: 0 };
  const tasks = Array.from({ length: count }, () =>
    turns.run(userId, async () => {
      seen.underWay += 1;
      seen.most = Math.max(seen.most, seen.underWay);
      await gate;
      seen.underWay -= 1;
    }),
  );
  return { seen, open, all: Promise.all(tasks) };
}

test('MSG9 does four things of one user at a time and nobody else waits for them', async () => {
  const turns = new UserTurns();
  const flood = occupy(turns, 'flooder', 404);
  expect(await turns.run('other', async () => flood.seen.underWay)).toBe(4);
  // As many as a session may send at once are kept, one more is not.
  await expect(turns.run('flooder', async () => undefined)).rejects.toMatchObject({ code: 'tooManyRequests' });
  flood.open();
  await flood.all;
  expect(flood.seen.most).toBe(4);
  expect(await turns.run('flooder', async () => 'served')).toBe('served');
});

test('MSG9 looks up whoever sends several session cookies in one turn for all of them', async () => {
  const turns = new UserTurns();
  let underWay = 0;
  let most = 0;
  const lookUp = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    return null;
  };
  const decoyed = (index: number) => ({ cookie: `${cookie(`decoy${index}`).cookie}; ${cookie('own').cookie}` });
  await Promise.all(Array.from({ length: 100 }, (_, index) => turns.find(decoyed(index), lookUp)));
  expect(most).toBe(4);
});

test('MSG9 looks sessions up in the turn of their user, whose sessions share it', async () => {
  const turns = new UserTurns();
  const userId = newId();
  let lookUps = 0;
  const lookUp = async () => {
    lookUps += 1;
    return sessionOf(userId);
  };
  await turns.find(cookie('one'), lookUp);
  await turns.find(cookie('two'), lookUp);
  const flood = occupy(turns, userId, 404);
  for (const token of ['one', 'two']) {
    await expect(turns.find(cookie(token), lookUp)).rejects.toMatchObject({ code: 'tooManyRequests' });
  }
  expect(lookUps).toBe(2);
  // Of whom nothing is known yet, or whose cookie names the user, has a turn of its own.
  expect(await turns.find(cookie(userId), async () => null)).toBeNull();
  expect(await turns.find({}, async () => null)).toBeNull();
  flood.open();
  await flood.all;
  expect(await turns.find(cookie('one'), lookUp)).toMatchObject({ actor: { userId } });
});

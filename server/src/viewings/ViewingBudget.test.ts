import { describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import type { LiveViewing } from './LiveViewing.ts';
import { ViewingBudget } from './ViewingBudget.ts';
import { ViewingRegistry } from './ViewingRegistry.ts';

const session = { sessionId: newId(), peerId: newId() };
const wish = () => ({ ...session, cameraId: newId(), stream: 'sub' as const, incidentId: newId() });

describe('the budget of viewings', () => {
  it('CON8 shows a stream for an incident once to a peer, from the moment that it is wished for', () => {
    const registry = new ViewingRegistry();
    const budget = new ViewingBudget(registry);
    const first = wish();
    const giveBack = budget.take(first);
    expect(() => budget.take({ ...first })).toThrow('already');
    for (const change of [{ stream: 'main' as const }, { incidentId: newId() }, { peerId: newId() }]) {
      budget.take({ ...first, ...change })();
    }
    const { incidentId, ...rest } = first;
    const viewing = { ...rest, id: newId(), state: 'running', incident: { id: incidentId } } as unknown as LiveViewing;
    registry.add(viewing);
    giveBack();
    expect(() => budget.take(first)).toThrow('already');
    viewing.state = 'ending';
    budget.take(first);
  });

  it('CON8 gives a session 128 pictures, over all its peers', () => {
    const budget = new ViewingBudget(new ViewingRegistry());
    const places = Array.from({ length: 128 }, () => budget.take({ ...wish(), peerId: newId() }));
    expect(() => budget.take(wish())).toThrow('128');
    budget.take({ ...wish(), sessionId: newId() });
    places[0]?.();
    budget.take(wish());
  });
});

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { WorkspaceContext } from '../app/WorkspaceContext.ts';
import type { PolicyState } from '../state/policy.ts';
import type { Workspace } from '../state/Workspace.ts';
import { testPack } from '../testing/policyPack.ts';
import { aSupervisedViewing } from '../testing/records.ts';
import { ViewingTable } from './ViewingTable.tsx';

const policy = { hash: '0'.repeat(64), text: '', pack: testPack, activeSince: '2026-01-05T10:00:00.000Z' };

/** The table's markup, drawn under a policy. Of the workspace it reads nothing else. */
function draw(state: PolicyState): string {
  // What is drawn without a browser is drawn from the state that a store began with.
  const store = createStore<PolicyState>()(() => state);
  const table = createElement(ViewingTable, {
    rows: [aSupervisedViewing()],
    flagsOf: () => [],
    nowMs: Date.parse('2026-01-05T10:30:00.000Z'),
    canEnd: false,
    onEnd: () => undefined,
    canSuspend: () => false,
    onSuspend: () => undefined,
  });
  return renderToStaticMarkup(
    createElement(WorkspaceContext, { value: { policy: store } as unknown as Workspace }, table),
  );
}

test('a purpose is called as the agency’s policy calls it, and by its common name until that is read', () => {
  const read = draw({ state: 'read', policy: { ...policy, proposedBy: null, approvedBy: null } });
  expect(read).toContain('>Violence<');
  expect(read).not.toContain('Violent crime');
  expect(draw({ state: 'unread' })).toContain('>Violent crime<');
});

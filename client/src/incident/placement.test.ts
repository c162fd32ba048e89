import { expect, test } from 'vitest';
import { createPlacement } from './placement.ts';

const position = { latitude: 43.04, longitude: -87.91 };

test('with a map the place is aimed at first, then described', () => {
  const placement = createPlacement();
  placement.mapMounted();
  placement.start();
  expect(placement.store.getState()).toEqual({ state: 'aiming' });
  placement.place(position);
  expect(placement.store.getState()).toEqual({ state: 'describing', position });
  placement.aimAgain();
  expect(placement.store.getState()).toEqual({ state: 'aiming' });
  placement.cancel();
  expect(placement.store.getState()).toEqual({ state: 'idle' });
});

test('without a map the dialog asks for the place', () => {
  const placement = createPlacement();
  placement.start();
  expect(placement.store.getState()).toEqual({ state: 'describing', position: null });
  placement.aimAgain();
  expect(placement.store.getState()).toEqual({ state: 'describing', position: null });
});

test('a map that goes away takes its crosshair with it, and nothing else', () => {
  const placement = createPlacement();
  const unmount = placement.mapMounted();
  placement.start();
  unmount();
  expect(placement.store.getState()).toEqual({ state: 'idle' });
  placement.mapMounted()();
  placement.place(position);
  expect(placement.store.getState().state).toBe('describing');
});

test('of several places that could show the dialog one does', () => {
  const placement = createPlacement();
  const unmountList = placement.hostMounted('list');
  placement.hostMounted('map');
  expect(placement.hosts.getState()[0]).toBe('list');
  unmountList();
  expect(placement.hosts.getState()).toEqual(['map']);
});

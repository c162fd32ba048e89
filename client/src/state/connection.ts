import { createStore } from 'zustand/vanilla';

/** The socket to the server. While it is `lost` pictures go on, because they come from the SFU. */
export type ConnectionState = { state: 'connecting' } | { state: 'connected' } | { state: 'lost'; sinceMs: number };

export function createConnectionStore() {
  return createStore<ConnectionState>()(() => ({ state: 'connecting' }));
}

/** What is done in the store of a database of this browser; rejects where there are none, as in some private windows. */
export type InStore = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

/** A database of this browser with one store, made at its first use. */
export function openStore(databaseName: string, storeName: string, keyPath: string): InStore {
  return async (mode, act) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName, { keyPath }));
    const database = await settled(opening);
    try {
      return await settled(act(database.transaction(storeName, mode).objectStore(storeName)));
    } finally {
      database.close();
    }
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('This browser keeps nothing.')));
  });
}

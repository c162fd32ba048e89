/** What of the browser's storage is needed: `sessionStorage`, which ends with the tab. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

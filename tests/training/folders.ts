import { join, resolve } from 'node:path';

export const checkoutFolder = resolve(import.meta.dirname, '../..');

/** What a run leaves behind, beside the caches; not in the repository. */
export const runFolder = join(checkoutFolder, '.run');

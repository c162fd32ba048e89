import { fileURLToPath } from 'node:url';

/** What turns an empty database into this version's; made by drizzle-kit, the same on both dialects. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

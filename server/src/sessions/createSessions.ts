import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import { readOrMakeSecretFile } from '../keys.ts';
import type { Logger } from '../logger.ts';
import type { Notices } from '../notices.ts';
import type { Redis } from '../redis.ts';
import { type Auth, createAuth } from './createAuth.ts';
import { SessionCopies } from './SessionCopies.ts';
import { Sessions } from './Sessions.ts';
import type { SessionRules } from './sessionRules.ts';

/** Builds the login: better-auth, and what decides who is signed in. */
export async function createSessions(parts: {
  config: Config;
  db: Db;
  redis: Redis;
  audit: Audit;
  notices: Notices;
  logger: Logger;
  rules: () => SessionRules;
}): Promise<{ auth: Auth; sessions: Sessions }> {
  const { config, db, audit, logger } = parts;
  const secret = await readOrMakeSecretFile(join(config.dataDir, 'keys', 'session.secret'), () =>
    randomBytes(32).toString('base64url'),
  );
  const copies = new SessionCopies(parts.redis, logger);
  const auth = createAuth({
    db,
    copies,
    publicUrl: config.publicUrl,
    secret,
    logger,
    beforeStart: async ({ id, userId, sourceAddress }) => {
      const [user] = await db
        .select({ agencyId: users.agencyId, name: users.name, role: users.role })
        .from(users)
        .where(and(eq(users.id, userId), isNull(users.disabledAt)))
        .limit(1);
      if (user === undefined) return false;
      await audit.record({
        type: 'session.started',
        outcome: 'done',
        actor: { kind: 'user', userId, ...user, sessionId: id, sourceAddress },
        target: { kind: 'session', id },
      });
      return true;
    },
  });
  return { auth, sessions: new Sessions({ auth, db, audit, copies, notices: parts.notices, rules: parts.rules }) };
}

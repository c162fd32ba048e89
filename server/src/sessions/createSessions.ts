import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Audit } from '../audit/Audit.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { readOrMakeSecretFile } from '../keys.ts';
import type { Logger } from '../logger.ts';
import type { Notices } from '../notices.ts';
import type { Redis } from '../redis.ts';
import { AuthDoor } from './AuthDoor.ts';
import { createAuth } from './createAuth.ts';
import { FailedTries } from './FailedTries.ts';
import { SessionCopies } from './SessionCopies.ts';
import { Sessions } from './Sessions.ts';
import type { SessionRules } from './sessionRules.ts';
import { SignIn } from './SignIn.ts';
import { startSession } from './startSession.ts';
import { UsedCodes } from './UsedCodes.ts';

/** What the login is made of. */
export interface Login {
  sessions: Sessions;
  signIn: SignIn;
  tries: FailedTries;
  usedCodes: UsedCodes;
  door: AuthDoor;
}

/** Builds the login: better-auth, and what decides who is signed in. */
export async function createSessions(parts: {
  config: Config;
  db: Db;
  redis: Redis;
  audit: Audit;
  notices: Notices;
  logger: Logger;
  rules: () => SessionRules;
}): Promise<Login> {
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
    sessionMs: parts.rules().sessionMs,
    beforeStart: (session) => startSession({ db, audit, rules: parts.rules() }, session),
  });
  const door = new AuthDoor(auth, config.publicUrl);
  const tries = new FailedTries({ db, audit, rules: parts.rules });
  const usedCodes = new UsedCodes(db);
  const sessions = new Sessions({ auth, db, audit, copies, notices: parts.notices, rules: parts.rules });
  return { sessions, tries, usedCodes, door, signIn: new SignIn({ db, auth, door, tries, usedCodes }) };
}

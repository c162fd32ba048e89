import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Access } from '../access/Access.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { readOrMakeSecretFile } from '../keys.ts';
import type { Logger } from '../logger.ts';
import type { Notices } from '../notices.ts';
import type { Redis } from '../redis.ts';
import { AuthDoor } from './AuthDoor.ts';
import { createAuth } from './createAuth.ts';
import { Factors } from './Factors.ts';
import { FailedTries } from './FailedTries.ts';
import { OidcSignIn } from './OidcSignIn.ts';
import { OwnSessions } from './OwnSessions.ts';
import { PasskeyCeremonies } from './PasskeyCeremonies.ts';
import { Passkeys } from './Passkeys.ts';
import { SecondFactors } from './SecondFactors.ts';
import { SessionLocks } from './SessionLocks.ts';
import { SessionCopies } from './SessionCopies.ts';
import { Sessions } from './Sessions.ts';
import type { SessionRules, SessionRulesOf } from './sessionRules.ts';
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
  locks: SessionLocks;
  factors: Factors;
  own: OwnSessions;
  secondFactors: SecondFactors;
  passkeys: Passkeys;
  oidc: OidcSignIn;
}

/** Builds the login: better-auth, and what decides who is signed in. */
export async function createSessions(parts: {
  config: Config;
  db: Db;
  redis: Redis;
  access: Access;
  audit: Audit;
  notices: Notices;
  logger: Logger;
  /** What every agency has. */
  rules: SessionRules;
  rulesOf: SessionRulesOf;
}): Promise<Login> {
  const { config, db, audit, logger } = parts;
  const secret = await readOrMakeSecretFile(join(config.dataDir, 'keys', 'session.secret'), () =>
    randomBytes(32).toString('base64url'),
  );
  const copies = new SessionCopies(parts.redis, logger);
  const ceremonies = new PasskeyCeremonies();
  const auth = createAuth({
    db,
    copies,
    publicUrl: config.publicUrl,
    secret,
    logger,
    ceremonies,
    oidc: config.oidc,
    beforeStart: (session) => startSession({ db, audit, rulesOf: parts.rulesOf }, session),
  });
  const door = new AuthDoor(auth, config.publicUrl);
  const tries = new FailedTries({ db, audit, rules: parts.rules });
  const usedCodes = new UsedCodes(db);
  const { notices, access, rulesOf } = parts;
  const sessions = new Sessions({ auth, db, audit, copies, notices, rulesOf });
  const factors = new Factors({ db, auth, tries, usedCodes });
  const passkeys = new Passkeys({ db, audit, door, tries, factors, ceremonies });
  const isPasskeyOf: Passkeys['isPasskeyOf'] = (...question) => passkeys.isPasskeyOf(...question);
  return {
    sessions,
    tries,
    usedCodes,
    door,
    passkeys,
    oidc: new OidcSignIn({ door, audit, publicUrl: config.publicUrl, config: config.oidc }),
    signIn: new SignIn({ db, auth, door, tries, usedCodes }),
    factors,
    locks: new SessionLocks({
      db,
      audit,
      notices,
      sessions,
      factors,
      tries,
      rulesOf,
      isPasskeyOf,
    }),
    own: new OwnSessions({ db, access, notices, sessions, rulesOf }),
    secondFactors: new SecondFactors({ db, audit, door, factors, sessions, rulesOf }),
  };
}

// Command-line entry point: releases and enables one account, for an agency whose last administrator is locked out. The
// server must not be running on the same data folder.
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Audit } from '../src/audit/Audit.ts';
import { openDatabase } from '../src/db/openDatabase.ts';
import { signInTries, users } from '../src/db/schema.ts';

const usage = 'Usage: DATA_DIR=... [DATABASE_URL=...] node server/scripts/releaseUser.ts --email EMAIL';

const settingsSchema = z.object({
  DATA_DIR: z.string().min(1),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  email: z.email().max(200),
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: 'string' } } });
  const settings = settingsSchema.safeParse({ ...process.env, ...values });
  if (!settings.success) {
    throw new Error(`${settings.error.issues[0]?.path.join('.') ?? 'A value'} is missing or wrong. ${usage}`);
  }
  const fail = (error: Error): void => {
    throw error;
  };
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, email } = settings.data;
  const database = await openDatabase({ databaseUrl, dataDir, onError: fail, onLockLost: fail });
  const { db } = database;
  try {
    const [user] = await db.select().from(users).where(eq(users.email, email.toLowerCase()));
    if (user === undefined) throw new Error('There is no account with this email.');
    const { id, agencyId } = user;
    const actor = { kind: 'system' as const, agencyId };
    const target = { kind: 'user' as const, id };
    await new Audit(db).recordAll([
      { type: 'user.released', outcome: 'done', actor, target, details: { by: 'script' } },
      { type: 'user.enabled', outcome: 'done', actor, target, details: { by: 'script' } },
    ]);
    await db.delete(signInTries).where(eq(signInTries.userId, id));
    await db.update(users).set({ lockedAt: null, disabledAt: null, enabledAt: new Date() }).where(eq(users.id, id));
    process.stdout.write(`${email} can sign in again.\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

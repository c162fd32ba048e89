// Command-line entry point: makes an agency and its first administrator in the configured database. The server must
// not be running on the same data folder. The password is made here and printed once.
import { parseArgs } from 'node:util';
import { areaSchema } from '@commonsight/types/registration';
import { lineSchema } from '@commonsight/types/text';
import { z } from 'zod';
import { openDatabase } from '../src/db/openDatabase.ts';
import { makePassword } from '../src/training/makePassword.ts';
import { createAgency } from '../src/users/createAgency.ts';

const usage =
  'Usage: DATA_DIR=... [DATABASE_URL=...] node server/scripts/createAgency.ts --agency NAME --name NAME --email EMAIL ' +
  '[--area SOUTH,WEST,NORTH,EAST]';

const settingsSchema = z.object({
  DATA_DIR: z.string().min(1),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  agency: lineSchema(80),
  name: lineSchema(80),
  email: z.email().max(200),
  /** In degrees: where residents may register cameras. */
  area: z
    .string()
    .transform((text) => {
      const [south, west, north, east] = text.split(',').map(Number);
      return { south, west, north, east };
    })
    .pipe(areaSchema)
    .optional(),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      agency: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      area: { type: 'string' },
    },
  });
  const settings = settingsSchema.safeParse({ ...process.env, ...values });
  if (!settings.success) {
    throw new Error(`${settings.error.issues[0]?.path.join('.') ?? 'A value'} is missing or wrong. ${usage}`);
  }
  const { DATA_DIR, DATABASE_URL, agency, name, email, area } = settings.data;
  const fail = (error: Error): void => {
    throw error;
  };
  const database = await openDatabase({
    databaseUrl: DATABASE_URL,
    dataDir: DATA_DIR,
    onError: fail,
    onLockLost: fail,
  });
  try {
    const password = makePassword();
    await createAgency(database.db, { agencyName: agency, administratorName: name, email, password, area });
    process.stdout.write(`${agency} has its administrator: ${email}, password ${password}\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

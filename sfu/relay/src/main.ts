#!/usr/bin/env node
import { pino } from 'pino';
import { runAlertCommand } from './alert/runAlertCommand.ts';
import { cameraRules, createRelay } from './app.ts';
import type { CameraCommand } from './camera-test/parseCameraCommand.ts';
import { runCameraCommand } from './camera-test/runCameraCommand.ts';
import { type Command, parseCommandLine, usage } from './commandLine.ts';
import { readConfig } from './config.ts';
import { assertProtected, isUnprotected } from './enrolment/assertProtected.ts';
import { enrol } from './enrolment/enrol.ts';
import { type RelayFile, readRelayFile } from './enrolment/RelayFile.ts';
import { readAnswer } from './readAnswer.ts';
import { readPassword } from './readPassword.ts';
import { measureMasking } from './masks/measureMasking.ts';
import type { SharingCommand } from './sharing/parseSharingCommand.ts';
import { runSharingCommand } from './sharing/runSharingCommand.ts';
import { LogCommands } from './witness/LogCommands.ts';

async function main(): Promise<void> {
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'enrol':
      return enrolRelay(command);
    case 'run':
      return runRelay(command.folder);
    case 'log':
      return answerAboutLog(command);
    case 'masks':
      for (const line of await measureMasking(command)) console.log(line);
      return;
    case 'owner':
    case 'sharing':
      return answerAboutSharing(command);
    case 'alert':
      for (const line of await runAlertCommand(command)) console.log(line);
      return;
    case 'camera':
      return answerAboutCamera(command);
  }
}

async function enrolRelay(command: Extract<Command, { name: 'enrol' }>): Promise<void> {
  const file = await enrol({ ...command, name: command.relayName });
  if (isUnprotected(file.serverUrl)) {
    console.warn('The server is reached without TLS: whoever controls the network can stand in for it.');
  }
  console.log(`Enrolled for ${file.siteName}. Start it with: relay run --folder ${command.folder}`);
  const { lines } = await new LogCommands(command.folder, file).key();
  console.log(
    `It witnesses the audit log. Give its key to whoever checks the log: ${lines.join('')}\n` +
      (file.logKey === undefined
        ? 'The server did not say the key of the log; the relay takes it from the server when it first runs.'
        : `The server says that this is the key of the log, compare it with the published one: ${file.logKey}`),
  );
}

async function answerAboutLog(command: Extract<Command, { name: 'log' }>): Promise<void> {
  const commands = new LogCommands(command.folder, await readEnrolment(command.folder));
  const { lines, exitCode } =
    command.act === 'trust'
      ? await commands.trust(command.key)
      : command.act === 'resume'
        ? await commands.resume(new Date())
        : await commands[command.act]();
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}

async function answerAboutSharing(command: SharingCommand): Promise<void> {
  const { relayId } = await readEnrolment(command.folder);
  for (const line of await runSharingCommand(command, relayId)) console.log(line);
}

async function answerAboutCamera(command: CameraCommand): Promise<void> {
  const config = readConfig(process.env);
  const { relayId } = await readEnrolment(command.folder);
  const { lines, exitCode } = await runCameraCommand(command, {
    relayId,
    rules: cameraRules(config),
    targets: config.discoveryTargets,
    readPassword,
    ask: readAnswer,
    progress: (line) => console.log(line),
  });
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}

async function readEnrolment(folder: string): Promise<RelayFile> {
  const identity = await readRelayFile(folder);
  if (identity === undefined) throw new Error(`${folder} holds no enrolment. Run relay enrol first.`);
  return identity;
}

async function runRelay(folder: string): Promise<void> {
  const config = readConfig(process.env);
  const identity = await readEnrolment(folder);
  assertProtected(identity.serverUrl, identity.isInsecureAllowed);
  const log = pino({ level: config.logLevel, base: { process: 'relay', relayId: identity.relayId } });
  const relay = await createRelay({ identity, folder, config, log });
  log.info({ siteName: identity.siteName }, 'relay runs');
  if (isUnprotected(identity.serverUrl)) log.warn('the server is reached without TLS');
  let isClosing = false;
  const close = (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    log.info({ signal }, 'relay closes');
    relay.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'relay did not close cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, close);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

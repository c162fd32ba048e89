import type { AlertEnd, AlertState } from '@commonsight/types/relay/alert';
import { AlertCommands, type ConsoleAct } from './AlertCommands.ts';
import { makeWebhookKey } from './webhookKey.ts';

/** `key` makes and prints the secret that local triggers sign with. */
export interface AlertCommand {
  readonly name: 'alert';
  readonly act: ConsoleAct | 'key';
  readonly folder: string;
}

const acts: readonly AlertCommand['act'][] = ['start', 'test', 'end', 'status', 'key'];

const endWords: Record<AlertEnd, string> = {
  time: 'its time was over',
  owner: 'the owner ended it',
  webhook: 'a local trigger ended it',
  console: 'it was ended at the console',
  cancelled: 'it was cancelled before anything was shared',
  incidentClosed: 'its incident was closed',
  notAllowed: 'the owner’s document does not allow it any more',
  realAlert: 'a real alert began',
  relaySlept: 'the relay’s machine stood still for a while',
  relayRestarted: 'the relay was started again',
  unknown: 'nobody knows why',
};

/** Throws a sentence when the words are not those of such a command. */
export function parseAlertCommand(words: readonly string[], folder: string): AlertCommand {
  const act = acts.find((known) => known === words[0]);
  if (act === undefined || words.length > 1) {
    throw new Error(`There is no command alert ${words.join(' ')}. See relay --help.`);
  }
  return { name: 'alert', act, folder };
}

/** Does it and gives the lines to print. Throws a sentence when it is refused. */
export async function runAlertCommand({ act, folder }: AlertCommand): Promise<string[]> {
  if (act === 'key') return makeKey(folder);
  return describe(await new AlertCommands(folder).ask(act));
}

async function makeKey(folder: string): Promise<string[]> {
  const key = await makeWebhookKey(folder);
  return [`Key for local triggers: ${key}`, 'A relay that runs takes it up when it is started again.'];
}

function describe(alert: AlertState | null): string[] {
  if (alert === null) return ['No alert since the relay was started.'];
  const what = alert.isTest ? 'Test alert' : 'Alert';
  const left = `${Math.ceil(alert.leftMs / 1_000)} s`;
  if (alert.stage === 'arming') return [`${what} begins in ${left}. relay alert end cancels it.`];
  if (alert.stage === 'ended') return [`The last ${what.toLowerCase()} is over: ${endWords[alert.end ?? 'time']}.`];
  return [
    `${what} runs, ${left} left. Cameras that are shared on alert ${alert.isTest ? 'stay closed' : 'are shared'}.`,
  ];
}

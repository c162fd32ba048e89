/** Where the enrolment page has a relay keep what is its own; a relay that was enrolled by hand may have another one. */
const relayFolder = '/var/lib/commonsight-relay';

/** A command of the relay as it is typed at its console, such as of `owner code`. */
export function relayCommand(act: string): string {
  return `relay ${act} --folder ${relayFolder}`;
}

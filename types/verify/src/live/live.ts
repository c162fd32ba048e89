// What `commonsight-verify/live` gives: a log is checked while it runs, by its tiles.
export { type FetchPath, type LiveKeys, type LiveReport, type LiveVerdict, verifyLive } from './verifyLive.ts';
export { witnessesPath } from './witnesses.ts';

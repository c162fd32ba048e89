import { readFileSync } from 'node:fs';

interface ProcessEntry {
  pid: number;
  parentPid: number;
  commandLine: string;
}

type ReadProcess = (pid: number) => ProcessEntry | undefined;

/** From /proc, as Node tells only the direct parent. */
export function readProcess(pid: number): ProcessEntry | undefined {
  try {
    // The name in brackets may hold anything; what follows the last bracket is fields: state, parent, ...
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parentPid: Number(fields[1]), commandLine };
  } catch {
    return undefined;
  }
}

/**
 * The processes of `npm start` above this one: npm, npx and pnpm, with the shells between them. Empty when it was not
 * started through them. Shells above the topmost belong to whoever typed the command and may end without us.
 */
export function launchersOf(pid: number, read: ReadProcess = readProcess): ProcessEntry[] {
  const launchers: ProcessEntry[] = [];
  for (let entry = read(read(pid)?.parentPid ?? 0); entry; entry = read(entry.parentPid)) {
    if (!isLauncher(entry) && !/^(\S*\/)?(ba|da)?sh -c /.test(entry.commandLine)) break;
    launchers.push(entry);
  }
  return launchers.slice(0, launchers.findLastIndex(isLauncher) + 1);
}

function isLauncher({ commandLine }: ProcessEntry): boolean {
  return /^(\S*\/)?(npm|npx|pnpm)( |$)|\/(npm|npx|pnpm)(-cli)?(\.c?js)? /.test(commandLine);
}

/** Calls `onGone` once when a launcher has been killed with no chance to tell us: npm and pnpm cannot forward SIGKILL. */
export function watchLaunchers(onGone: () => void, everyMs = 1_000): void {
  const launchers = launchersOf(process.pid);
  const timer = setInterval(() => {
    if (launchers.every(({ pid, commandLine }) => readProcess(pid)?.commandLine === commandLine)) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  timer.unref();
}

const lockName = 'commonsight.session-cookie';

/** Without the browser's own locks, which need HTTPS or this machine, a window knows of its own changes only. */
let running: Promise<unknown> = Promise.resolve();

/** Runs what changes the session's cookie; every window can wait for it. */
export function changeCookie<T>(act: () => Promise<T>): Promise<T> {
  const change = hasLocks() ? navigator.locks.request(lockName, act) : act();
  running = change.catch(() => undefined);
  return change;
}

/** Resolves when no window of this browser is changing the cookie: what is asked then is asked with the new one. */
export async function cookieSettled(): Promise<void> {
  await running;
  if (hasLocks()) await navigator.locks.request(lockName, { mode: 'shared' }, () => undefined);
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}

const browsers = [
  // The order counts: each also says the names of those below.
  ['Edg', 'Edge'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** What an owner may know this browser by, such as "Chrome on Android"; the owner can change it. */
export function browserName(userAgent: string): string {
  const nameOf = (known: readonly (readonly [string, string])[]) =>
    known.find(([sign]) => userAgent.includes(sign))?.[1];
  const [browser, system] = [nameOf(browsers), nameOf(systems)];
  if (browser === undefined) return system === undefined ? 'This browser' : `A browser on ${system}`;
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** iPhones and iPads give messages to pages on the home screen alone; an iPad calls itself a Mac. */
export function needsHomeScreen({
  userAgent,
  touchPoints,
  isStandalone,
}: {
  userAgent: string;
  touchPoints: number;
  isStandalone: boolean;
}): boolean {
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Mac OS X') && touchPoints > 1);
  return isApple && !isStandalone;
}

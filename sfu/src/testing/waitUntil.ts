const timeoutMs = 20_000;
const intervalMs = 20;

/** Waits for a state: asks until there is an answer that is neither undefined nor false. */
export async function waitUntil<T>(what: string, look: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

/**
 * What a promise gives, or the fallback when it gives nothing in time or fails. For questions to a worker, which may
 * hang, where an old answer is better than waiting.
 */
export async function within<T, F>(promise: Promise<T>, timeoutMs: number, fallback: F): Promise<T | F> {
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<F>((resolve) => {
    deadline = setTimeout(resolve, timeoutMs, fallback);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return fallback;
  } finally {
    clearTimeout(deadline);
  }
}

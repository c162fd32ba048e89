/** Who asks while something is being opened gets that opening: each link opens once, and React mounts twice in development. */
export function openOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opening: Promise<T> | null = null;
  return () => {
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };
}

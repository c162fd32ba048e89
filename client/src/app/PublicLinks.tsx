/**
 * What is there for people without an account. Pages of their own, loaded anew: what a page may ask of a device comes with its
 * document, and the one that registers may ask where it is.
 */
export function PublicLinks() {
  return (
    <p className="m-0 mt-4 flex flex-wrap gap-x-4 text-sm text-muted">
      <a href="/register" className="inline-block py-2.5 text-accent underline underline-offset-4">
        Register a camera of yours
      </a>
      <a href="/transparency" className="inline-block py-2.5 text-accent underline underline-offset-4">
        Who looked through cameras, and why
      </a>
    </p>
  );
}

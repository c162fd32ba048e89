/** Whether a camera may be told the password in clear text, and who remembers that it could do better. */
export interface SignInRule {
  /** Why Basic is refused, in words for whoever set the camera up; undefined when it is not. */
  readonly basicRefusal: string | undefined;
  /** The camera has asked for Digest. */
  noteDigest(): void;
}

const digestOnly = 'Camera asks for its password in clear text, and its entry at the relay has Digest only.';
const downgraded =
  'Camera asked for Digest before and now for its password in clear text. Check what answers at its address; if the ' +
  'camera was changed, restart the relay.';

/**
 * Remembers which cameras asked for Digest since this process started. Whoever gets between relay and camera could ask
 * for Basic in the camera's name and be told the password; a camera that once knew better is not believed.
 */
export class DigestMemory {
  readonly #seen = new Set<string>();

  /** The rule for one camera; at another address it is another camera. */
  ruleFor(camera: { id: string; host: string; port: number; isDigestOnly: boolean }): SignInRule {
    const seen = this.#seen;
    const key = `${camera.id} ${camera.host} ${camera.port}`;
    return {
      get basicRefusal() {
        if (camera.isDigestOnly) return digestOnly;
        return seen.has(key) ? downgraded : undefined;
      },
      noteDigest: () => void seen.add(key),
    };
  }
}

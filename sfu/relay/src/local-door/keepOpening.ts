/** What is heard at an address of the site's network. */
export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

export interface KeptDoor {
  /** Where it is heard; undefined while it is not. */
  readonly port: number | undefined;
  close(): Promise<void>;
}

const tryAgainMs = 5_000;

/**
 * Opens a door, and tries again and again where that fails: after a loss of power the address may not be up yet, and neither
 * pictures nor the owner's word depend on it. Resolves after the first try.
 */
export async function keepOpening(open: () => Promise<Door>, onFailed: (error: unknown) => void): Promise<KeptDoor> {
  let door: Door | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const attempt = async (): Promise<void> => {
    try {
      door = await open();
    } catch (error) {
      onFailed(error);
      if (isClosed) return;
      timer = setTimeout(() => {
        opening = attempt();
      }, tryAgainMs);
    }
  };
  let opening = attempt();
  await opening;
  return {
    get port() {
      return door?.port;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await opening;
      await door?.close();
    },
  };
}

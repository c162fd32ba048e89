const keyOf = (relayId: string) => `commonsight.sealing.${relayId}`;

/** The key that somebody has compared on this browser with what the relay prints; null before, or when it keeps nothing. */
export function readPin(relayId: string): string | null {
  try {
    return localStorage.getItem(keyOf(relayId));
  } catch {
    return null;
  }
}

/** A browser that keeps nothing asks for the comparison again at the next visit. */
export function keepPin(relayId: string, sealingPoint: string): void {
  try {
    localStorage.setItem(keyOf(relayId), sealingPoint);
  } catch {
    // It is compared for this visit all the same.
  }
}

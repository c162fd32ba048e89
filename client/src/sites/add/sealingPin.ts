const keyOf = (relayId: string) => `commonsight.sealing.${relayId}`;

/** The key that somebody has compared on this browser with what the relay prints; null before. */
export function readPin(relayId: string): string | null {
  return localStorage.getItem(keyOf(relayId));
}

export function keepPin(relayId: string, sealingPoint: string): void {
  localStorage.setItem(keyOf(relayId), sealingPoint);
}

/** Of one address: what owners do, each of which costs the relay work, sends a mail or is a line of its own. */
export const ownerActLimit = { max: 60, timeWindow: 60_000 };

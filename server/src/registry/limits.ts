/** Of one address, each: what sends mails, what opens links, and what a page asks for. */
export const mailing = { rateLimit: { max: 10, timeWindow: 10 * 60_000 } };
export const opening = { rateLimit: { max: 30, timeWindow: 60_000 } };
export const reading = { rateLimit: { max: 120, timeWindow: 60_000 } };

/** Who reads how cameras are: what waits, and what is to be done, is said to the one who does it. */
export type HealthReader = 'administrator' | 'owner';

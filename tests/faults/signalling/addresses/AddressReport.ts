/** What a relay did with hostile and good addresses of cameras. */
export interface AddressReport {
  cases: number;
  /** Whether every address led to the canaries, or only loopback. */
  isIsolated: boolean;
  /** By kind of case and what came of it. */
  counts: Record<string, number>;
  /** The canaries that were reached. */
  reached: string[];
  goodRefused: string[];
  /** Cases of which the relay said nothing in time. */
  undecided: string[];
}

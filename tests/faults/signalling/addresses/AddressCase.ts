/** An answer of the name server. */
export interface NameRecord {
  type: 'A' | 'AAAA' | 'CNAME';
  value: string;
}

/** One entry of a relay's `cameras.json`, hostile or good, and what surrounds it. */
export interface AddressCase {
  kind: string;
  host: string;
  path: string;
  username?: string;
  transport: 'tcp' | 'udp' | 'auto';
  /** What the host resolves to, one list for each time it is asked; the last stays. */
  names?: readonly (readonly NameRecord[])[];
  /** The addresses at which a camera may be dialled here; nothing else may hear of it. */
  cameras: readonly string[];
  /** Whether a camera has to be dialled: it is a good one. */
  isGood: boolean;
  /** What the camera at such an address says of others: a redirection, a base, a control, a source. */
  lure?: { kind: 'location' | 'contentBase' | 'control' | 'connection' | 'source'; url: string; address: string };
}

/** What is wrong with an export or a log. Each is found by a check of its own. */
export type FaultCode =
  | 'malformed'
  | 'wrongOrder'
  | 'cutShort'
  | 'checkpointWrong'
  | 'notGrown'
  | 'tileWrong'
  | 'entryChanged'
  | 'entryMissing'
  | 'entryMisplaced'
  | 'openingWrong'
  | 'sealWrong'
  | 'witnessMissing'
  | 'shorter'
  | 'forked';

export class BundleFault extends Error {
  override name = 'BundleFault';
  readonly code: FaultCode;
  /** The first entry that is bad; null where what is bad is no entry. */
  readonly index: number | null;

  constructor(code: FaultCode, index: number | null, reason: string) {
    super(reason);
    this.code = code;
    this.index = index;
  }
}

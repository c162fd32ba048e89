import type { StreamKind } from '@commonsight/types/stream-kind';

/** What the records know of one stream. Its relay is whichever one of the site is online. */
export interface StreamRecord {
  streamId: string;
  kind: StreamKind;
  cameraId: string;
  cameraName: string;
  siteId: string;
  agencyId: string;
  /** By the agency; of other cameras nobody is told. */
  isConfirmed: boolean;
}

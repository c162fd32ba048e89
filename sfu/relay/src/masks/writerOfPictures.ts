import { RtpWriter } from '../ingest/RtpWriter.ts';
import { type CameraPicture, PictureAssembler } from './PictureAssembler.ts';

const unusedFormat = {
  ssrc: 1,
  payloadType: 102,
  firstSequenceNumber: 0,
  playoutDelay: { extensionId: 1, minMs: 0, maxMs: 0 },
};

/** A writer for the repair whose packets go nowhere: they are put together to pictures. */
export function writerOfPictures(onPicture: (picture: CameraPicture) => void): RtpWriter {
  const assembler = new PictureAssembler(onPicture);
  return new RtpWriter({ ...unusedFormat, send: (bytes, length) => assembler.take(bytes, length) });
}

import { CameraError } from './CameraError.ts';

/** The camera does not send in the way that we asked for; another way may do. */
export class UnsupportedTransportError extends CameraError {
  constructor() {
    super('refused', 'Camera does not send over this transport. Let the relay choose between TCP and UDP.');
    this.name = 'UnsupportedTransportError';
  }
}

import type { CameraTransportChoice } from '../rtsp/CameraAddress.ts';

export type CameraTransport = 'tcp' | 'udp';

/**
 * Which transport a camera is pulled over when the relay may choose: TCP first, because it loses nothing and passes
 * every firewall, UDP when the camera does not offer it or sends nothing over it. What worked is tried first again.
 */
export class TransportPreference {
  #preferred: CameraTransport = 'tcp';

  order(choice: CameraTransportChoice): readonly [CameraTransport, ...CameraTransport[]] {
    if (choice !== 'auto') return [choice];
    return [this.#preferred, otherThan(this.#preferred)];
  }

  noteWorked(transport: CameraTransport): void {
    this.#preferred = transport;
  }

  noteSilent(): void {
    this.#preferred = otherThan(this.#preferred);
  }
}

function otherThan(transport: CameraTransport): CameraTransport {
  return transport === 'tcp' ? 'udp' : 'tcp';
}

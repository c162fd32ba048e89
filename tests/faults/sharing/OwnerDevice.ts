import { generateKeyPairSync, sign } from 'node:crypto';
import { type AlertAct, alertSignatureContext, type SignedAlertOrder } from '@commonsight/types/relay/alert';
import { type PreviewOrder, previewSignatureContext, type SignedPreviewOrder } from '@commonsight/types/relay/preview';
import { sharingSignatureContext, type SignedSharing } from '@commonsight/types/relay/sharing';

/** A browser with a key: an owner's when it was paired, a stranger's when not. */
export class OwnerDevice {
  readonly #keys = generateKeyPairSync('ed25519');

  /** SPKI DER in base64url. */
  get publicKey(): string {
    return this.#keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  }

  /** Signs any bytes as a sharing document, also such that are none. `context`: another one belongs to another purpose. */
  seal(content: Buffer, context: string = sharingSignatureContext): SignedSharing {
    return { document: content.toString('base64url'), signature: this.#sign(context, content) };
  }

  order(order: { relayId: string; challenge: string; act: AlertAct }): SignedAlertOrder {
    const bytes = Buffer.from(canonical({ format: 'commonsight-alert-1', ...order }));
    return { order: bytes.toString('base64url'), signature: this.#sign(alertSignatureContext, bytes) };
  }

  preview(order: Omit<PreviewOrder, 'format'>): SignedPreviewOrder {
    const bytes = Buffer.from(canonical({ format: 'commonsight-preview-1', ...order }));
    return { order: bytes.toString('base64url'), signature: this.#sign(previewSignatureContext, bytes) };
  }

  #sign(context: string, content: Buffer): string {
    const bytes = Buffer.concat([Buffer.from(context), content]);
    return sign(null, bytes, this.#keys.privateKey).toString('base64url');
  }
}

/** RFC 8785 for what a sharing document holds: no numbers but whole ones, and names without signs above U+FFFF. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

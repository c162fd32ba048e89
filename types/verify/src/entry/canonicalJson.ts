import canonicalize from 'canonicalize';
import { fromUtf8, toUtf8 } from '../bytes/bytes.ts';

/** A value as RFC 8785 writes it: one spelling for one value. Throws for what JSON cannot say. */
export function canonicalText(value: unknown): string {
  const text: unknown = canonicalize(value);
  if (typeof text !== 'string') throw new TypeError('This value has no JSON.');
  return text;
}

export function canonicalBytes(value: unknown): Uint8Array {
  return toUtf8(canonicalText(value));
}

/** The value of bytes that are canonical JSON; undefined for every other spelling, so that no two bytes say the same. */
export function parseCanonical(bytes: Uint8Array): unknown {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return canonicalText(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

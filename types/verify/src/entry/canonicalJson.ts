import canonicalize from 'canonicalize';
import type { z } from 'zod';
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

/**
 * The value of canonical JSON that fits the schema; undefined for every other spelling, so that no two texts say the
 * same. What the schema gives back is written again, so that nothing it passed over in silence gets through.
 */
export function parseCanonical<Value>(bytes: Uint8Array, schema: z.ZodType<Value>): Value | undefined {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success && canonicalText(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

import { z } from 'zod';

export type PlainValue = null | boolean | number | string | PlainValue[] | { [name: string]: PlainValue };

/** Lists and objects inside each other. Bounded, so that no entry can exhaust the stack of who checks it. */
const deepestNesting = 8;

/** A name in an entry. Never `__proto__` or the like, which objects treat as no ordinary name. */
export const plainNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/);

const textSchema = z.string().refine((text) => text.isWellFormed(), { error: 'half of a surrogate pair' });
const singleSchema = z.union([z.null(), z.boolean(), z.number(), textSchema]);

function nestedSchema(depth: number): z.ZodType<PlainValue> {
  if (depth === 0) return singleSchema;
  const inner = nestedSchema(depth - 1);
  return z.union([singleSchema, z.array(inner), z.record(plainNameSchema, inner)]);
}

/** What JSON can say. Numbers that a double does not hold exactly, such as large ids, have to be texts. */
export const plainValueSchema = nestedSchema(deepestNesting);

export const plainObjectSchema = z.record(plainNameSchema, nestedSchema(deepestNesting - 1));

import { z } from 'zod';

/** One field of a message, at any depth. */
export interface Field {
  /** With `[]` for the items of a list: `streams[].health.message`. */
  path: string;
  schema: z.ZodType;
}

/** Every field of a schema, and the fields within it. */
export function fieldsOf(schema: unknown, path: string): Field[] {
  const own = schema instanceof z.ZodType ? [{ path, schema }] : [];
  return [...own, ...partsOf(schema, path)];
}

function partsOf(schema: unknown, path: string): Field[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, part]) => fieldsOf(part, `${path}.${key}`));
  }
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return fieldsOf(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option, path));
  if (schema instanceof z.ZodPipe) return [...fieldsOf(schema.in, path), ...fieldsOf(schema.out, path)];
  if (schema instanceof z.ZodRecord) return [...fieldsOf(schema.keyType, path), ...fieldsOf(schema.valueType, path)];
  return [];
}

import { z } from 'zod';
import type { Random } from '../Random.ts';

/** Texts that have broken something somewhere. */
const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\udfffb',
  '\u202e\u200b',
  '__proto__',
  'constructor',
  'toString',
  '../../../../etc/passwd',
  '%00%2e%2e%2f',
  "' or '1'='1",
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  'NaN',
  '9'.repeat(400),
  '𝟙𝟚𝟛'.repeat(40),
  '\r\nSet-Cookie: a=b',
];
const numbers = [0, -0, -1, 0.5, 1e308, -1e308, 2 ** 53, 5e-324, Number.NaN, Number.POSITIVE_INFINITY];

/** JSON with keys that reach for prototypes; written as text, because an object literal would set its own prototype. */
const prototypes = [
  '{"__proto__":{"role":"administrator"}}',
  '{"constructor":{"prototype":{"role":"administrator"}}}',
  '{"__proto__":null,"toString":1,"hasOwnProperty":1}',
];

function deep(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Anything, `depth` levels of it. */
export function hostileValue(random: Random, depth = 3): unknown {
  switch (random.int(0, depth > 0 ? 11 : 4)) {
    case 0:
      return random.pick([null, true, false, undefined]);
    case 1:
      return random.pick(numbers);
    case 2:
    case 3:
      return random.pick(texts);
    case 4:
      return random.uuid();
    case 5:
      return 'x'.repeat(random.int(1, 20_000));
    case 6:
      return deep(random.int(2, 1_500));
    case 7:
      return Array.from({ length: random.int(0, 5_000) }, (_, index) => index);
    case 8:
      return JSON.parse(random.pick(prototypes)) as unknown;
    case 9:
      return Array.from({ length: random.int(0, 4) }, () => hostileValue(random, depth - 1));
    default: {
      const entries = Array.from({ length: random.int(0, 4) }, () => [
        random.happens(0.7) ? random.pick(['wallId', 'screen', 'items', 'layout', 'id']) : random.pick(texts),
        hostileValue(random, depth - 1),
      ]);
      return Object.fromEntries(entries) as unknown;
    }
  }
}

/** What a schema would take, with one place of it made hostile. */
export function nearlyRight(random: Random, schema: z.ZodType): unknown {
  const shape = shapes.get(schema) ?? (z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Shape);
  shapes.set(schema, shape);
  return spoil(random, fill(random, shape));
}

/** Made once for each schema: making one costs more than an attack. */
const shapes = new WeakMap<z.ZodType, Shape>();

interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  format?: string;
  minimum?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
}

function fill(random: Random, shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return random.pick(shape.enum);
  const choice = shape.anyOf ?? shape.oneOf;
  if (choice !== undefined) return fill(random, random.pick(choice));
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([key, part]) => [key, fill(random, part)]));
    case 'array':
      return Array.from({ length: random.int(0, 3) }, () => fill(random, shape.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(shape.minimum ?? 1, 1);
    case 'boolean':
      return random.happens(0.5);
    case 'null':
      return null;
    case undefined:
    default:
      return shape.format === 'uuid' ? random.uuid() : 'text';
  }
}

function spoil(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.happens(0.2)) return hostileValue(random, 2);
  const keys = Object.keys(value);
  if (keys.length === 0) return { [random.pick(texts)]: hostileValue(random, 2) };
  const spoilt = random.pick(keys);
  const entries = Object.entries(value).map(([key, part]) => [key, key === spoilt ? spoil(random, part) : part]);
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

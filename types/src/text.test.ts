import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { routes } from './http/routes.ts';
import type { Route } from './http/route.ts';
import { enrolRequestSchema } from './relay/enrolment.ts';
import { signalingRequests } from './signaling/requests.ts';
import { fieldsOf } from './testing/fieldsOf.ts';
import { lineSchema, linesSchema } from './text.ts';

describe('a text', () => {
  it('MSG7 has no control characters and no halves of pairs, and several lines only where they belong', () => {
    const line = lineSchema(20);
    const lines = linesSchema(20);
    const wrong = ['a\u0000b', 'a\u001bb', 'a\u007fb', 'a\u009bb', 'a\ud800b', 'a\udc00b', 'a\rb'];
    expect(wrong.filter((text) => line.safeParse(text).success || lines.safeParse(text).success)).toEqual([]);
    expect(line.safeParse('one\ntwo').success).toBe(false);
    expect(lines.parse(' one\n\ttwo ')).toBe('one\n\ttwo');
    for (const right of ['Zoë', 'Ωλ 東京', 'a 😀 b'])
      expect([line.parse(right), lines.parse(right)]).toEqual([right, right]);
  });

  it('MSG7 is refused with a control character wherever a person or a relay sends one', () => {
    const sent: Record<string, z.ZodType | undefined> = { enrolRequest: enrolRequestSchema };
    for (const [name, route] of Object.entries<Route>(routes)) {
      for (const part of ['params', 'query', 'body'] as const) sent[`${name}.${part}`] = route[part];
    }
    for (const [name, { request }] of Object.entries(signalingRequests)) sent[name] = request;
    const open = Object.entries(sent).flatMap(([name, schema]) => fieldsOf(schema, name));
    const admitting = open.filter(({ schema }) =>
      ['a\u0000b', 'a'.repeat(60) + '\u0000'].some((text) => schema.safeParse(text).success),
    );
    // What is only hashed, compared or handed to mediasoup is kept nowhere.
    const kept = admitting
      .map(({ path }) => path)
      .filter((path) => !/\.(password|newPassword|secret|transportId)$|Parameters\.|Capabilities\./.test(path));
    expect(open.length).toBeGreaterThan(20);
    expect(kept).toEqual([]);
  });
});

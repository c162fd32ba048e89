import { type Position, positionSchema } from '@commonsight/types/position';
import type { Search } from '@commonsight/types/search';
import { localMinute, type SearchDraft, type ShapeKind } from './SearchDraft.ts';

/*
 * A question as it stands in the page's address, so that a reload keeps it and a colleague can be sent it:
 * `route~60~2026-01-05T14:00:00.000Z~2026-01-05T15:00:00.000Z~43.03890_-87.90650~43.04000_-87.90700`. Short, because two
 * hundred corners have to fit into what a server takes for an address.
 */
const between = '~';
const within = '_';
const kinds: readonly string[] = ['point', 'circle', 'polygon', 'route'] satisfies readonly ShapeKind[];

export function textOfQuestion({ shape, window }: Search): string {
  const spots = (
    shape.kind === 'point' ? [shape.point] : shape.kind === 'circle' ? [shape.centre] : shape.vertices
  ).map(({ latitude, longitude }) => `${latitude.toFixed(5)}${within}${longitude.toFixed(5)}`);
  const metres = shape.kind === 'polygon' ? 0 : shape.kind === 'route' ? shape.widthMetres : shape.radiusMetres;
  return [shape.kind, String(metres), window.from, window.to, ...spots].join(between);
}

/** The draft that asks it again; null for a text that no question has. */
export function draftOfText(text: string): SearchDraft | null {
  const [kind = '', metres = '', from = '', to = '', ...rest] = text.split(between);
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const spots = rest.flatMap((spot): Position[] => {
    const [latitude, longitude] = spot.split(within).map(Number);
    const read = positionSchema.safeParse({ latitude, longitude });
    return read.success ? [read.data] : [];
  });
  const isWhole = isKind(kind) && /^\d+$/.test(metres) && !Number.isNaN(fromMs) && !Number.isNaN(toMs);
  if (!isWhole || spots.length !== rest.length) return null;
  return { kind, spots, metres: metres === '0' ? '250' : metres, from: localMinute(fromMs), to: localMinute(toMs) };
}

function isKind(text: string): text is ShapeKind {
  return kinds.includes(text);
}

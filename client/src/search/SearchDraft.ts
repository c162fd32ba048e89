import type { Position } from '@commonsight/types/position';
import {
  farthestSearchMetres,
  type Search,
  type SearchShape,
  searchSchema,
  widestRouteMetres,
} from '@commonsight/types/search';

export type ShapeKind = SearchShape['kind'];

/** A question as it is being made: what is not there yet, or cannot be right, stays as it was entered. */
export interface SearchDraft {
  kind: ShapeKind;
  /** The point or the centre; the corners of a polygon or route in their order. */
  spots: readonly Position[];
  /** Radius of a point or circle, width of a route. */
  metres: string;
  /** Local times as `datetime-local` has them: `2026-01-05T14:30`. */
  from: string;
  to: string;
}

export type DraftPart = 'place' | 'metres' | 'from' | 'to';

export type ReadDraft =
  | { state: 'ready'; search: Search }
  | { state: 'unready'; problems: Readonly<Partial<Record<DraftPart, string>>> };

const leastSpots: Readonly<Record<ShapeKind, number>> = { point: 1, circle: 1, polygon: 3, route: 2 };

/** So many metres a question may reach, by its shape. */
export function mostMetres(kind: ShapeKind): number {
  return kind === 'route' ? widestRouteMetres : farthestSearchMetres;
}

/** About one spot, such as an incident, over some time before now. */
export function draftAbout(spot: Position | null, fromMs: number, toMs: number): SearchDraft {
  return {
    kind: 'point',
    spots: spot === null ? [] : [spot],
    metres: '250',
    from: localMinute(fromMs),
    to: localMinute(toMs),
  };
}

/** A press on the map: it moves the one spot, or adds a corner. */
export function withSpot(draft: SearchDraft, spot: Position): SearchDraft {
  return { ...draft, spots: hasCorners(draft.kind) ? [...draft.spots, spot] : [spot] };
}

export function withMovedSpot(draft: SearchDraft, index: number, spot: Position): SearchDraft {
  return { ...draft, spots: draft.spots.map((other, at) => (at === index ? spot : other)) };
}

export function withoutLastSpot(draft: SearchDraft): SearchDraft {
  return { ...draft, spots: draft.spots.slice(0, -1) };
}

/** What was pointed at before stays as far as the other shape has room for it. */
export function withKind(draft: SearchDraft, kind: ShapeKind): SearchDraft {
  const spots = hasCorners(kind) ? draft.spots : draft.spots.slice(0, 1);
  const wasWidth = draft.kind === 'route';
  const metres = wasWidth === (kind === 'route') ? draft.metres : kind === 'route' ? '60' : '250';
  return { ...draft, kind, spots, metres };
}

export function hasCorners(kind: ShapeKind): boolean {
  return leastSpots[kind] > 1;
}

/** The question when it is whole, else what is missing, in words that stand beside the part. */
export function readDraft(draft: SearchDraft, nowMs: number): ReadDraft {
  const { kind, spots } = draft;
  const metres = /^\d+$/.test(draft.metres) ? Number(draft.metres) : 0;
  const [fromMs, toMs] = [Date.parse(draft.from), Date.parse(draft.to)];
  const problems: Partial<Record<DraftPart, string>> = {};
  if (spots.length < leastSpots[kind]) problems.place = placeProblem(kind);
  if (kind !== 'polygon' && (metres < 1 || metres > mostMetres(kind))) {
    problems.metres = `Whole metres, 1 to ${String(mostMetres(kind))}.`;
  }
  if (Number.isNaN(fromMs)) problems.from = 'A day and a time.';
  else if (fromMs > nowMs) problems.from = 'This is still to come: nothing has seen it.';
  if (Number.isNaN(toMs)) problems.to = 'A day and a time.';
  else if (toMs < fromMs) problems.to = 'The time ends before it begins.';
  const shape = shapeOf(kind, spots, metres);
  if (shape === null || Object.keys(problems).length > 0) return { state: 'unready', problems };
  const window = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const read = searchSchema.safeParse({ shape, window });
  if (read.success) return { state: 'ready', search: read.data };
  return { state: 'unready', problems: { place: read.error.issues[0]?.message ?? placeProblem(kind) } };
}

/** What the map shows of a question; null while it has too few spots. */
export function shapeOf(kind: ShapeKind, spots: readonly Position[], metres: number): SearchShape | null {
  const [first] = spots;
  if (first === undefined || spots.length < leastSpots[kind]) return null;
  if (kind === 'point') return { kind, point: first, radiusMetres: metres };
  if (kind === 'circle') return { kind, centre: first, radiusMetres: metres };
  if (kind === 'polygon') return { kind, vertices: [...spots] };
  return { kind, vertices: [...spots], widthMetres: metres };
}

function placeProblem(kind: ShapeKind): string {
  if (kind === 'polygon') return 'Press on the map for three corners or more.';
  if (kind === 'route') return 'Press on the map for two corners or more.';
  return kind === 'point' ? 'Press on the map where it happened.' : 'Press on the map for the centre.';
}

/** A moment in this machine's zone as `datetime-local` has it. */
export function localMinute(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

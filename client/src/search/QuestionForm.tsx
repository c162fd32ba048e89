import type { Incident } from '@commonsight/types/incident';
import { Circle, type LucideIcon, MapPin, Pentagon, Route, Search, Undo2 } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Field } from '../ui/Field.tsx';
import {
  type DraftPart,
  hasCorners,
  mostMetres,
  type SearchDraft,
  type ShapeKind,
  withKind,
  withoutLastSpot,
  withSpot,
} from './SearchDraft.ts';
import { CornerField } from './CornerField.tsx';
import { SpotField } from './SpotField.tsx';

export interface QuestionFormProps {
  draft: SearchDraft;
  onDraft: (draft: SearchDraft) => void;
  /** What is missing, once it was tried to search. */
  problems: Readonly<Partial<Record<DraftPart, string>>>;
  incident: Incident | null;
  isBusy: boolean;
  /** Why the server did not answer the question. */
  error: string | null;
  onSubmit: () => void;
}

/** Where and when: a shape on the map, and a window of time. */
export function QuestionForm({ draft, onDraft, problems, incident, isBusy, error, onSubmit }: QuestionFormProps) {
  const { kind, spots } = draft;
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        onSubmit();
      }}
      className="flex flex-col gap-3 border-b border-line p-3"
    >
      {incident === null ? null : (
        <p className="m-0 truncate text-muted" title={incident.title}>
          About <span className="font-medium text-text">#{incident.number}</span> {incident.title}
        </p>
      )}
      <fieldset aria-label="Where" className="m-0 grid border-0 grid-cols-4 gap-1 rounded-md bg-surface-2 p-1">
        {shapes.map(({ kind: other, name, Icon }) => (
          <button
            key={other}
            type="button"
            aria-pressed={kind === other}
            onClick={() => onDraft(withKind(draft, other))}
            className={classes(
              'flex h-8 items-center justify-center gap-1.5 rounded-md border-0 px-1 text-xs font-medium',
              kind === other ? 'bg-surface-3 text-text inset-ring inset-ring-line-strong' : 'bg-transparent text-muted',
            )}
          >
            <Icon className="size-3.5" aria-hidden />
            {name}
          </button>
        ))}
      </fieldset>
      <div className="flex gap-2">
        <div className="min-w-0 grow">
          {hasCorners(kind) ? (
            <div className="flex min-h-7.5 items-center gap-2 text-xs">
              <output className={classes('grow', problems.place === undefined ? 'text-muted' : 'text-[#ff8a80]')}>
                {problems.place ??
                  (spots.length === 0
                    ? 'Press on the map for each corner, or type it below.'
                    : `${String(spots.length)} corners. Drag to move.`)}
              </output>
              <Button
                size="sm"
                look="quiet"
                disabled={spots.length === 0}
                onClick={() => onDraft(withoutLastSpot(draft))}
              >
                <Undo2 className="size-3.5" aria-hidden />
                Take back a corner
              </Button>
            </div>
          ) : (
            <SpotField
              spot={spots[0] ?? null}
              error={problems.place ?? null}
              onSpot={(spot) => onDraft({ ...draft, spots: [spot] })}
            />
          )}
        </div>
        {kind === 'polygon' ? null : (
          <Field
            label={kind === 'route' ? 'Width (m)' : 'Radius (m)'}
            type="number"
            inputMode="numeric"
            min={1}
            max={mostMetres(kind)}
            value={draft.metres}
            onChange={({ target }) => onDraft({ ...draft, metres: target.value })}
            error={problems.metres ?? null}
            className="w-24 shrink-0"
          />
        )}
      </div>
      {hasCorners(kind) ? <CornerField onSpot={(spot) => onDraft(withSpot(draft, spot))} /> : null}
      <div className="grid grid-cols-2 gap-2">
        <Field
          label="From"
          type="datetime-local"
          value={draft.from}
          onChange={({ target }) => onDraft({ ...draft, from: target.value })}
          error={problems.from ?? null}
        />
        <Field
          label="To"
          type="datetime-local"
          value={draft.to}
          onChange={({ target }) => onDraft({ ...draft, to: target.value })}
          error={problems.to ?? null}
        />
      </div>
      <div className="flex items-center gap-2">
        <Button look="primary" type="submit" size="lg" className="grow" disabled={isBusy}>
          <Search className="size-4" aria-hidden />
          {isBusy ? 'Searching…' : 'Find cameras'}
        </Button>
      </div>
      {error === null ? null : (
        <p role="alert" className="m-0 text-[#ff8a80]">
          {error}
        </p>
      )}
    </form>
  );
}

const shapes: readonly { kind: ShapeKind; name: string; Icon: LucideIcon }[] = [
  { kind: 'point', name: 'Point', Icon: MapPin },
  { kind: 'circle', name: 'Circle', Icon: Circle },
  { kind: 'polygon', name: 'Area', Icon: Pentagon },
  { kind: 'route', name: 'Route', Icon: Route },
];

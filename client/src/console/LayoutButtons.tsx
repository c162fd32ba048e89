import type { Layout } from '@commonsight/types/layout';
import type { Screen } from '@commonsight/types/wall';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { classes } from '../ui/classes.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { layoutCells, layoutColumns } from '../wall/layoutCells.ts';
import { layoutNames, layoutOrder } from '../wall/layoutNames.ts';
import { setLayout } from '../wall/wallActs.ts';

const shortcuts: Readonly<Record<Layout, string>> = { '1': 'L 1', '4': 'L 4', '9': 'L 9', '16': 'L 6', '1+5': 'L 5' };

/** The layouts as small pictures of themselves. */
export function LayoutButtons({ screen }: { screen: Screen }) {
  const workspace = useWorkspace();
  const isDisabled = !workspace.can('wall.edit');
  return (
    <fieldset aria-label="Layout" className="m-0 flex min-w-0 shrink-0 border-0 p-0">
      {layoutOrder.map((layout) => (
        <Tooltip key={layout} text={layoutNames[layout]} shortcut={shortcuts[layout]}>
          <button
            type="button"
            aria-label={`Layout ${layout}`}
            aria-pressed={screen.layout === layout}
            disabled={isDisabled}
            onClick={() => void setLayout(workspace, layout)}
            className={classes(
              'flex h-7.5 w-8 items-center justify-center rounded-md transition-colors',
              screen.layout === layout ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-surface-3 hover:text-text',
              'disabled:opacity-60 disabled:hover:bg-transparent',
            )}
          >
            <LayoutPicture layout={layout} />
          </button>
        </Tooltip>
      ))}
    </fieldset>
  );
}

function LayoutPicture({ layout }: { layout: Layout }) {
  const columns = layoutColumns[layout];
  const width = 18 / columns;
  const height = 13 / columns;
  return (
    <svg viewBox="0 0 18 13" className="h-3.5 w-4.5" aria-hidden>
      {layoutCells(layout).map(({ slot, column, row, span }) => (
        <rect
          key={slot}
          x={(column - 1) * width + 0.5}
          y={(row - 1) * height + 0.5}
          width={width * span - 1}
          height={height * span - 1}
          rx="0.6"
          fill="currentColor"
          fillOpacity="0.9"
        />
      ))}
    </svg>
  );
}

import type { SharingMode } from '@commonsight/types/relay/sharing';
import type { Figure, LogHead } from '@commonsight/types/transparency';
import { countActs, countRefusals } from './actFigures.ts';
import type { LogLine } from './LogLine.ts';
import { viewingFigures } from './viewingFigures.ts';
import { withholdSmall } from './withholdSmall.ts';

/** A figure as it is counted; without rows nothing of it is recorded yet. */
export type CountedFigure = Omit<Figure, 'state' | 'checkpoint'>;

export interface FigureSources {
  /** The lines of the period, of one agency's log. */
  lines: readonly LogLine[];
  checkpoint: LogHead;
  /** How many cameras there were at the end of the period, by what their owners allow. */
  cameras: Readonly<Record<SharingMode, number>>;
  /** The acts that this version writes lines of. */
  knownTypes: ReadonlySet<string>;
}

const modeNames: Readonly<Record<SharingMode, string>> = {
  always: 'Live for an open incident',
  onAlert: "Only after the owner's alert",
  recordedOnly: 'Recordings on request',
  off: 'Switched off by the owner',
};

/** Everything that is published, in the order in which it is read. Pure. */
export function computeFigures({ lines, checkpoint, cameras, knownTypes }: FigureSources): Figure[] {
  const ofLog = [...viewingFigures(lines), countRefusals(lines), ...countActs(lines, knownTypes)];
  return [
    { ...cameraFigure(cameras), state: 'shown', checkpoint: null },
    ...ofLog.map((figure) => ({
      ...figure,
      state: figure.rows.length === 0 ? ('notYetRecorded' as const) : ('shown' as const),
      checkpoint,
    })),
  ];
}

function cameraFigure(cameras: FigureSources['cameras']): CountedFigure {
  const { total, tables } = withholdSmall([cameras]);
  return {
    id: 'cameras',
    title: 'Cameras by what their owners allow',
    meaning: 'How many cameras can be seen, and when. Counted from the list of cameras, not from the log.',
    unit: 'count',
    rows: [
      ...(Object.keys(modeNames) as SharingMode[]).map((key) => ({
        key,
        name: modeNames[key],
        value: tables[0]?.[key] ?? null,
      })),
      { key: 'total', name: 'All cameras', value: total },
    ],
  };
}

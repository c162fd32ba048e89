import type { CountedFigure } from './figures.ts';
import type { LogLine } from './LogLine.ts';
import { type Cells, type ShownTables, withholdNumber, withholdSmall } from './withholdSmall.ts';

/** A figure that counts lines: of each row, those with one of its types. */
interface ActFigure {
  id: string;
  title: string;
  meaning: string;
  /** What the rows are together; null where they are no parts of one number. */
  total: string | null;
  rows: readonly {
    key: string;
    name: string;
    types: readonly string[];
    /** Lines of the same that add to what an earlier one has begun count as nothing more. */
    isWithoutAdditions?: boolean;
    /** Of these lines alone. */
    isMeant?: (details: LogLine['details']) => boolean;
    /** Several lines are about one thing: that counts once. */
    isByTarget?: boolean;
  }[];
}

/** A row whose types this version does not know is left out; a figure without rows is said to be not yet recorded. */
const actFigures: readonly ActFigure[] = [
  {
    id: 'approvals',
    title: 'Approvals',
    meaning: 'How requests for access were answered where the policy asks for a second person.',
    total: 'All answers',
    rows: [
      { key: 'approved', name: 'Approved', types: ['grantRequest.approved'] },
      { key: 'denied', name: 'Denied, or not answered in time', types: ['grantRequest.denied'] },
    ],
  },
  {
    id: 'breakGlass',
    title: 'Emergency access',
    meaning: 'How often somebody looked at once without the approval that is needed, and wrote afterwards why.',
    total: null,
    rows: [
      { key: 'used', name: 'Used', types: ['breakGlass.used'], isWithoutAdditions: true },
      { key: 'justified', name: 'Justified in writing', types: ['breakGlass.justified'] },
      { key: 'overdue', name: 'Not justified in time', types: ['breakGlass.overdue'] },
    ],
  },
  {
    id: 'reviews',
    title: 'Reviews',
    meaning: 'How many viewings a supervisor has looked at afterwards: those that stood out, and a random sample.',
    total: null,
    rows: [{ key: 'closed', name: 'Closed', types: ['review.closed'] }],
  },
  {
    id: 'withheldNumbers',
    title: 'Incident numbers kept from owners',
    meaning:
      'How often a supervisor has kept the number of an incident from the owners of its cameras, for 30 days at most. That somebody looked, when and what for, they always see.',
    total: null,
    rows: [
      { key: 'withheld', name: 'Kept back', types: ['ledger.withheld'] },
      { key: 'endedEarly', name: 'Shown before the time was over', types: ['ledger.withholdingEnded'] },
    ],
  },
  {
    id: 'findings',
    title: "Auditor's findings",
    meaning: 'What an auditor outside of the chain of command has noted, and what was answered.',
    total: null,
    rows: [
      { key: 'opened', name: 'Opened', types: ['finding.opened'] },
      { key: 'closed', name: 'Closed', types: ['finding.closed'] },
    ],
  },
  {
    id: 'alerts',
    title: 'Alerts of owners',
    meaning:
      "How often an alert was begun at cameras' owners, on the owner's page, at their relay or by a button of theirs. Tests are not counted.",
    total: null,
    rows: [
      {
        key: 'begun',
        name: 'Begun',
        types: ['alert.changed'],
        isByTarget: true,
        isMeant: ({ isTest }) => isTest === false,
      },
      {
        key: 'cancelled',
        name: 'Taken back before anything was shared',
        types: ['alert.changed'],
        isByTarget: true,
        isMeant: ({ isTest, end }) => isTest === false && end === 'cancelled',
      },
    ],
  },
  {
    id: 'purges',
    title: 'Purges',
    meaning: 'How often names and addresses that the policy does not let stand longer were erased from beside the log.',
    total: null,
    rows: [{ key: 'erased', name: 'Of personal values', types: ['audit.valuesErased'] }],
  },
];

/** The acts that these figures count. */
export const countedActs: readonly string[] = actFigures.flatMap(({ rows }) => rows.flatMap(({ types }) => types));

/** Figures that are counts of acts. `knownTypes`: what this version writes. */
export function countActs(lines: readonly LogLine[], knownTypes: ReadonlySet<string>): CountedFigure[] {
  return actFigures.map(({ id, title, meaning, total, rows }) => {
    const known = rows.filter(({ types }) => types.some((type) => knownTypes.has(type)));
    const cells = Object.fromEntries(
      known.map(({ key, types, isWithoutAdditions = false, isMeant = () => true, isByTarget = false }) => {
        const counted = lines.filter(
          ({ outcome, type, details }) =>
            outcome === 'done' &&
            types.includes(type) &&
            !(isWithoutAdditions && details['isAddition'] === true) &&
            isMeant(details),
        );
        return [key, isByTarget ? new Set(counted.map(({ targetId }) => targetId)).size : counted.length];
      }),
    );
    const shown = total === null ? withholdEach(cells) : withholdSmall([cells]);
    return {
      id,
      title,
      meaning,
      unit: 'count',
      rows:
        known.length === 0
          ? []
          : [
              ...known.map(({ key, name }) => ({ key, name, value: shown.tables[0]?.[key] ?? null })),
              ...(total === null ? [] : [{ key: 'total', name: total, value: shown.total }]),
            ],
    };
  });
}

function withholdEach(cells: Cells): ShownTables {
  const shown = Object.entries(cells).map(([name, value]) => [name, withholdNumber(value)] as const);
  return { total: null, tables: [Object.fromEntries(shown)] };
}

const refusalKinds = [
  { key: 'viewing', name: 'To see a camera', isOne: (type: string) => type.startsWith('viewing.') },
  { key: 'grant', name: 'To get access for a purpose', isOne: (type: string) => /^(?:grant|breakGlass)/.test(type) },
  { key: 'session', name: 'To sign in', isOne: (type: string) => type.startsWith('session.') },
  { key: 'other', name: 'Anything else', isOne: () => true },
] as const;

/** What was asked for and refused. */
export function countRefusals(lines: readonly LogLine[]): CountedFigure {
  const cells = Object.fromEntries(refusalKinds.map(({ key }) => [key, 0]));
  for (const { type, outcome } of lines) {
    const kind = outcome === 'refused' ? refusalKinds.find(({ isOne }) => isOne(type)) : undefined;
    if (kind !== undefined) cells[kind.key] = (cells[kind.key] ?? 0) + 1;
  }
  const { total, tables } = withholdSmall([cells]);
  return {
    id: 'refusals',
    title: 'Refusals',
    meaning: 'How often the system said no: without a permission, a purpose, an open incident, or the right password.',
    unit: 'count',
    rows: [
      ...refusalKinds.map(({ key, name }) => ({ key, name, value: tables[0]?.[key] ?? null })),
      { key: 'total', name: 'All refusals', value: total },
    ],
  };
}

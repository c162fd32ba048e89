import type { Position } from './position.ts';
import {
  type Point,
  areaOf,
  boundsOf,
  box,
  clip,
  crossingOf,
  cut,
  isNear,
  seededRandom,
  smooth,
  widen,
} from './training-city-shapes.ts';

/**
 * Lakeport, the city that demonstrations and tests use so that they never need a real one. It does not exist: the
 * streets are computed from the short plan below, the same on every machine. Areas are GeoJSON rings (closed, longitude
 * first), streets are GeoJSON lines; the plan itself is in metres east and north of the centre.
 */
export const trainingCityCentre: Position = { latitude: 43.04, longitude: -87.91 };

/** A page of the mails that a training city has written as files. It is served by a training city alone. */
export const trainingMailsPath = '/training/mails';

export type CityCoordinate = [longitude: number, latitude: number];

export interface CityArea {
  name: string | null;
  ring: CityCoordinate[];
}

export interface CityStreet {
  name: string;
  kind: 'freeway' | 'avenue' | 'street';
  /** The pieces that remain where water and parks interrupt it. */
  lines: CityCoordinate[][];
}

export interface CityPlace {
  name: string;
  kind: 'district' | 'water' | 'park';
  at: CityCoordinate;
}

export interface TrainingCity {
  name: string;
  water: CityArea[];
  /** Land in the water: piers and breakwaters, drawn above it. */
  piers: CityArea[];
  parks: CityArea[];
  blocks: CityArea[];
  buildings: CityArea[];
  streets: CityStreet[];
  bridges: { name: string; line: CityCoordinate[] }[];
  places: CityPlace[];
}

interface Line {
  name: string;
  kind: CityStreet['kind'];
  path: Point[];
  isBridge: boolean;
}

const halfSizeMetres = 1500;
/** Towards the west the streets go on, so that a wide screen does not show the end of the city. */
const westEdgeMetres = 2700;
const outskirtsMetres = 5000;
const riverWidthMetres = 62;

const crossStreets: [northMetres: number, name: string][] = [
  [1430, 'Orchard St'],
  [1300, 'Chestnut St'],
  [1170, 'Linden St'],
  [1040, 'Garfield St'],
  [905, 'North Ave'],
  [770, 'Vine St'],
  [640, 'Cherry St'],
  [510, 'Summit St'],
  [385, 'Highland St'],
  [260, 'State St'],
  [130, 'Mill St'],
  [0, 'Wisconsin Ave'],
  [-130, 'Market St'],
  [-260, 'Commerce St'],
  [-395, 'Erie St'],
  [-530, 'Canal St'],
  [-670, 'Florida St'],
  [-800, 'Mineral St'],
  [-935, 'Walker St'],
  [-1070, 'National Ave'],
  [-1205, 'Scott St'],
  [-1340, 'Maple St'],
  [-1460, 'Dock St'],
];

/** North to south; the last number, where given, is how far south the street goes. */
const longStreets: [eastMetres: number, name: string, southMetres?: number][] = [
  [-2580, '20th Ave'],
  [-2460, '19th St'],
  [-2340, '18th St'],
  [-2225, '17th St'],
  [-2110, '16th Ave'],
  [-1995, '15th St'],
  [-1880, '14th St'],
  [-1765, '13th St'],
  [-1650, '12th St'],
  [-1410, '11th St'],
  [-1195, '9th St'],
  [-1080, '8th St'],
  [-965, '7th St'],
  [-850, '6th Ave'],
  [-730, '5th St'],
  [-615, '4th St'],
  [-500, '3rd St'],
  [-385, '2nd St'],
  [-270, '1st St'],
  [-20, 'Water Ave'],
  [95, 'Broadway'],
  [210, 'Union St'],
  [325, 'Jefferson St'],
  [440, 'Jackson St'],
  [555, 'Astor St'],
  [670, 'Marshall St'],
  [790, 'Lake Ave'],
  [910, 'Terrace St', 640],
  [1030, 'Prospect St', 1040],
];

const bridgeNames = new Set(
  (
    'North Ave, Cherry St, Highland St, State St, Mill St, Wisconsin Ave, Commerce St, Union Diagonal, ' +
    '20th Ave, 16th Ave, 9th St, 6th Ave, 3rd St, 1st St, Broadway, Jackson St, Lake Ave, Lakeport Freeway'
  ).split(', '),
);

/** The shore from north to south. South of the river's mouth it is the harbor. */
const shore = smooth([
  [2400, outskirtsMetres],
  [1560, 2300],
  [1400, 1700],
  [1290, 1250],
  [1200, 1000],
  [1130, 760],
  [1075, 520],
  [1045, 300],
  [1010, 0],
  [1015, -200],
  [985, -400],
  [905, -540],
  [905, -690],
  [1005, -830],
  [1090, -1000],
  [1150, -1250],
  [1230, -1600],
  [1500, -2600],
  [2100, -outskirtsMetres],
]);

const millRiver = smooth([
  [-1900, outskirtsMetres],
  [-900, 2300],
  [-640, 1600],
  [-560, 1300],
  [-420, 1050],
  [-250, 820],
  [-155, 560],
  [-140, 250],
  [-150, -60],
  [-140, -280],
  [-105, -410],
  [-15, -525],
  [130, -590],
  [330, -600],
  [600, -596],
  [850, -605],
  [1150, -620],
]);

const canal = smooth([
  [-outskirtsMetres, -900],
  [-2400, -780],
  [-1500, -640],
  [-900, -600],
  [-400, -596],
  [-60, -560],
  [130, -590],
]);

const freeway = smooth([
  [-1050, outskirtsMetres],
  [-1230, 2200],
  [-1310, 1100],
  [-1300, 0],
  [-1305, -900],
  [-1210, -2000],
  [-700, -outskirtsMetres],
]);

/** West, south, east, north; always along streets, so that a park is whole blocks. */
const parkPlans: [name: string, west: number, south: number, east: number, north: number][] = [
  ['Cathedral Square', 325, 130, 440, 260],
  ['Courthouse Green', -1080, 130, -850, 260],
  ['Garfield Park', 95, 1040, 440, 1300],
  ['Mineral Park', -615, -935, -385, -800],
  ['Market Plaza', -385, -260, -270, -130],
  ['Maple Park', 325, -1340, 555, -1205],
];

const placePlans: [name: string, kind: CityPlace['kind'], east: number, north: number][] = [
  ['Downtown', 'district', 210, 65],
  ['Market District', 'district', -500, -195],
  ['North End', 'district', -90, 1000],
  ['Warehouse District', 'district', 330, -460],
  ['South Bank', 'district', -380, -1140],
  ['Harbor', 'district', 760, -1000],
  ['Lake', 'water', 1700, 350],
  ['Mill River', 'water', -142, 330],
  ['Lakefront Park', 'park', 940, 330],
];

/** Builds Lakeport. Pure and always the same; some milliseconds of work, so keep the result. */
export function buildTrainingCity(): TrainingCity {
  const lines = planLines();
  const blocks = planBlocks();
  return {
    name: 'Lakeport',
    water: [
      { name: 'Lake', ring: toRing([...shore, [20_000, -outskirtsMetres], [20_000, outskirtsMetres]]) },
      { name: 'Mill River', ring: toRing(widen(millRiver, riverWidthMetres)) },
      { name: 'Mill Canal', ring: toRing(widen(canal, riverWidthMetres * 0.8)) },
    ],
    piers: planPiers().map((path) => ({ name: null, ring: toRing(path) })),
    parks: [
      { name: 'Lakefront Park', ring: toRing(lakefront()) },
      ...parkPlans.map(([name, west, south, east, north]) => ({
        name,
        ring: toRing(box(west, south, east, north, 11)),
      })),
    ],
    blocks: blocks.map((path) => ({ name: null, ring: toRing(path) })),
    buildings: planBuildings(blocks).map((path) => ({ name: null, ring: toRing(path) })),
    streets: lines.map(({ name, kind, path, isBridge }) => ({
      name,
      kind,
      lines: cut(path, (point) => isDry(point) || (isBridge && isBridged(name, point))).map(toLine),
    })),
    bridges: lines
      .filter((line) => line.isBridge)
      .flatMap(({ name, path }) =>
        cut(path, (point) => isBridged(name, point)).map((piece) => ({ name, line: toLine(piece) })),
      ),
    places: placePlans.map(([name, kind, east, north]) => ({ name, kind, at: toCoordinate([east, north]) })),
  };
}

/** The corner of two streets, by their names. Throws when the plan has no such corner. */
export function trainingCityCorner(streetName: string, crossingName: string): Position {
  const lines = planLines();
  for (const street of lines.filter(({ name }) => name === streetName)) {
    for (const crossing of lines.filter(({ name }) => name === crossingName)) {
      const corner = crossingOf(street.path, crossing.path);
      if (corner === null) continue;
      const [longitude, latitude] = toCoordinate(corner);
      return { latitude, longitude };
    }
  }
  throw new Error(`Lakeport has no corner of ${streetName} and ${crossingName}.`);
}

function planLines(): Line[] {
  const kindOf = (name: string): CityStreet['kind'] => (name.endsWith('Ave') ? 'avenue' : 'street');
  const reachOf = (name: string): number => (name.endsWith('Ave') ? outskirtsMetres : halfSizeMetres);
  const line = (name: string, kind: CityStreet['kind'], path: Point[]): Line => ({
    name,
    kind,
    path,
    isBridge: bridgeNames.has(name),
  });
  return [
    ...crossStreets.map(([north, name]) =>
      line(name, kindOf(name), [
        [name.endsWith('Ave') ? -outskirtsMetres : -westEdgeMetres, north],
        [shoreAt(north) - 130, north],
      ]),
    ),
    ...longStreets.map(([east, name, south]) =>
      line(name, kindOf(name), [
        [east, reachOf(name)],
        [east, south ?? -reachOf(name)],
      ]),
    ),
    line(
      'Harbor Drive',
      'avenue',
      shore.filter(([, north]) => Math.abs(north) < 2000).map(([x, y]) => [x - 130, y]),
    ),
    line('Union Diagonal', 'avenue', [
      [-3400, -2980],
      [1060, 1480],
    ]),
    line('Lakeport Freeway', 'freeway', freeway),
  ];
}

/** The rectangles between the streets, split by the diagonal; nothing where water, park or freeway is. */
function planBlocks(): Point[][] {
  const columns = [-westEdgeMetres, ...longStreets.map(([east]) => east)];
  const rows = [halfSizeMetres, ...crossStreets.map(([north]) => north), -halfSizeMetres];
  return columns.slice(0, -1).flatMap((west, column) =>
    rows.slice(0, -1).flatMap((north, row) => {
      const east = columns[column + 1] ?? west;
      const south = rows[row + 1] ?? north;
      const middle: Point = [(west + east) / 2, (south + north) / 2];
      const isFree =
        (west !== -1410 || east !== -1195) &&
        east < Math.min(shoreAt(north), shoreAt(south)) - 120 &&
        !isPark(middle) &&
        Math.abs(north - south) > 50;
      if (!isFree) return [];
      const block = box(west, south, east, north, 10);
      // The diagonal is the line north = east + 420; each side keeps its distance from it.
      return [clip(block, [1, -1], -420 - 19), clip(block, [-1, 1], 420 - 19)].filter((part) => areaOf(part) > 900);
    }),
  );
}

function planBuildings(blocks: Point[][]): Point[][] {
  const random = seededRandom(2041);
  return blocks.flatMap((block) => {
    const [west, south, east, north] = boundsOf(block);
    if (areaOf(block) < (east - west) * (north - south) * 0.97) return [];
    const buildings: Point[][] = [];
    for (const half of [0, 1]) {
      const low = south + 4 + (half * (north - south)) / 2;
      const high = low + (north - south) / 2 - 8;
      for (let left = west + 4; left < east - 14;) {
        const width = Math.min(14 + random() * 30, east - 4 - left);
        const depth = (high - low) * (0.6 + random() * 0.4);
        const base = half === 0 ? low : high - depth;
        const building = box(left, base, left + width, base + depth, 0);
        if (width > 9 && random() > 0.12 && building.every((corner) => isDry(corner))) buildings.push(building);
        left += width + 2 + random() * 5;
      }
    }
    return buildings;
  });
}

function planPiers(): Point[][] {
  const docks = [0, 1, 2, 3].map((index) => box(1000 + index * 32, -960 - index * 75, 1300, -930 - index * 75, 0));
  const marina = [0, 1, 2, 3, 4].map((index) => box(1020, 560 - index * 45, 1190, 566 - index * 45, 0));
  const breakwater = smooth([
    [1420, 720],
    [1520, 400],
    [1540, 0],
    [1480, -420],
  ]);
  const southArm: Point[] = [
    [1480, -720],
    [1560, -1050],
    [1570, -1400],
  ];
  return [box(1000, 40, 1340, 90, 0), ...docks, ...marina, widen(breakwater, 16), widen(southArm, 16)];
}

/** The green strip between Lake Avenue or the last block and the water, north of the river's mouth. */
function lakefront(): Point[] {
  const edge = shore.filter(([, north]) => north < 1480 && north > -500);
  return [...edge, ...edge.toReversed().map(([east, north]): Point => [Math.max(east - 330, 805), north])];
}

function isDry(point: Point): boolean {
  return !isRiver(point) && point[0] < shoreAt(point[1]) - 8 && !isPark(point);
}

function isRiver(point: Point): boolean {
  const isMouth = point[0] > shoreAt(point[1]);
  return !isMouth && (isNear(point, millRiver, riverWidthMetres / 2) || isNear(point, canal, riverWidthMetres * 0.4));
}

/** Streets from north to south cross the canal and the river's last stretch, not the river that runs beside them. */
function isBridged(name: string, point: Point): boolean {
  const runsAlongRiver = longStreets.some(([, longName]) => longName === name);
  return isRiver(point) && !(runsAlongRiver && point[1] > -500);
}

function isPark([x, y]: Point): boolean {
  return parkPlans.some(
    ([, west, south, east, north]) => x > west + 1 && x < east - 1 && y > south + 1 && y < north - 1,
  );
}

/** How far east the shore is at a northing. */
function shoreAt(north: number): number {
  const next = shore.findIndex((point) => point[1] <= north);
  const [x1, y1] = shore[Math.max(0, next - 1)] ?? [0, 0];
  const [x2, y2] = shore[Math.max(0, next)] ?? [0, 0];
  return y1 === y2 ? x1 : x1 + ((north - y1) / (y2 - y1)) * (x2 - x1);
}

function toCoordinate([east, north]: Point): CityCoordinate {
  const metresPerDegree = 111_195;
  const shrink = Math.cos((trainingCityCentre.latitude * Math.PI) / 180);
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return [
    round(trainingCityCentre.longitude + east / metresPerDegree / shrink),
    round(trainingCityCentre.latitude + north / metresPerDegree),
  ];
}

function toLine(path: Point[]): CityCoordinate[] {
  return path.map(toCoordinate);
}

function toRing(path: Point[]): CityCoordinate[] {
  const line = toLine(path);
  const first = line[0];
  return first === undefined ? line : [...line, first];
}

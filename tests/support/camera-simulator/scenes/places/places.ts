import type { Scene } from '../Scene.ts';
import { alleyPineSt } from './alleyPineSt.ts';
import { cityHallSteps } from './cityHallSteps.ts';
import { ferryTerminal } from './ferryTerminal.ts';
import { harborAndThird } from './harborAndThird.ts';
import { highwayRamp12 } from './highwayRamp12.ts';
import { libraryEntrance } from './libraryEntrance.ts';
import { loadingDock2 } from './loadingDock2.ts';
import { marketHallNorth } from './marketHallNorth.ts';
import { marketHallSouth } from './marketHallSouth.ts';
import { parkPavilion } from './parkPavilion.ts';
import { parkingDeck } from './parkingDeck.ts';
import { riverBridgeEast } from './riverBridgeEast.ts';
import { schoolCrossing } from './schoolCrossing.ts';
import { stadiumGateB } from './stadiumGateB.ts';
import { transitStop4 } from './transitStop4.ts';
import { unionSquare } from './unionSquare.ts';

/** The cameras' pictures in the order of their numbers. */
export const PLACES: readonly (() => Scene)[] = [
  harborAndThird,
  marketHallNorth,
  marketHallSouth,
  transitStop4,
  riverBridgeEast,
  unionSquare,
  loadingDock2,
  parkingDeck,
  schoolCrossing,
  alleyPineSt,
  cityHallSteps,
  stadiumGateB,
  libraryEntrance,
  ferryTerminal,
  parkPavilion,
  highwayRamp12,
];

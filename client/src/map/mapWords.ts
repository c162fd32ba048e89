/** What a map says by itself. */
export interface MapWords {
  /** Names the canvas, which is a region of its own inside the map's and must not have the same name. */
  canvas: string;
  trainingCity: string;
  noStreets: string;
  notReached: string;
}

/** On the pages of operators and administrators; public pages have theirs in their language. */
export const mapWords: MapWords = {
  canvas: 'Streets',
  trainingCity: 'Training city',
  noStreets: 'No street map',
  notReached: 'Mapbox cannot be reached.',
};

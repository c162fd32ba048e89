/** The bearing, in whole degrees clockwise from the top, of a point right of and below the middle. */
export function bearingAt(right: number, down: number): number {
  return turned(0, Math.round(Math.atan2(right, -down) * (180 / Math.PI)));
}

/** A bearing turned by degrees, 0 to 359. */
export function turned(bearingDegrees: number, by: number): number {
  return (((bearingDegrees + by) % 360) + 360) % 360;
}

/** Which of eight compass points, from the north clockwise. */
export function compassIndex(bearingDegrees: number): number {
  return Math.round(bearingDegrees / 45) % 8;
}

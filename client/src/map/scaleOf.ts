const equatorMetres = 40_075_016.7;
const tilePixels = 512;

/** The zoom at which a distance takes so many pixels. */
export function zoomFor(latitude: number, metres: number, pixels: number): number {
  const around = equatorMetres * Math.cos((latitude * Math.PI) / 180);
  return Math.log2((around * pixels) / (metres * tilePixels));
}

/** The longest round distance that fits into some pixels of the map, and how many pixels it takes. */
export function scaleOf(latitude: number, zoom: number, mostPixels: number): { metres: number; pixels: number } {
  const metresPerPixel = (equatorMetres * Math.cos((latitude * Math.PI) / 180)) / (tilePixels * 2 ** zoom);
  const most = metresPerPixel * mostPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((step) => step <= most) ?? power;
  return { metres, pixels: metres / metresPerPixel };
}

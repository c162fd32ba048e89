import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import type { MaskFault } from './maskDrawing.ts';
import type { StillProblem } from './takeStill.ts';

/** What an owner reads while masks are drawn, in English; the other languages have the same keys, or do not compile. */
const en = {
  title: (name: string) => `Masks of ${name}`,
  intro:
    'What you mark is hidden before the picture leaves your site, whenever it is shared. The picture to draw on comes from your relay, sealed for this page: the server cannot see it.',
  take: 'Take a picture',
  takeAgain: 'Take another picture',
  taking: 'The relay takes a picture…',
  still: (name: string) => `Picture of ${name} to draw on`,
  help: 'Press on the picture for each corner. With the keyboard: arrow keys move the cross, with Shift in larger steps, and Enter sets a corner there. Corners can be dragged, or moved by arrow keys.',
  cross: (x: number, y: number) => `Cross at ${x} % from the left and ${y} % from the top. Enter sets a corner.`,
  corner: (corner: number, x: number, y: number) => `Corner ${corner}, ${x} % from the left and ${y} % from the top`,
  ofMask: (mask: number, corner: string) => `Mask ${mask}, ${corner}`,
  ofOpen: (corner: string) => `New mask, ${corner}`,
  closeByCorner: (corner: string) => `${corner}. Enter closes the mask.`,
  close: 'Close this mask',
  undo: 'Undo',
  use: 'Use these masks',
  cancel: 'Cancel',
  mask: (mask: number, corners: number) => `Mask ${mask}, ${corners} corners`,
  remove: (mask: number) => `Remove mask ${mask}`,
  none: 'No masks: the whole picture is shown.',
  open: (corners: number) => (corners === 1 ? 'New mask, 1 corner' : `New mask, ${corners} corners`),
  stillOpen: 'A new mask is not closed yet. Close it, or undo its corners.',
  otherShape:
    'The masks of now were drawn on a picture of another shape and are not shown here. What you draw takes their place.',
  drawAnew: 'This picture has another shape than the one before. Draw the masks anew.',
  faultOf: (mask: number, words: string) => `Mask ${mask}: ${words}`,
  faults: {
    fewCorners: 'It needs at least three corners.',
    manyCorners: 'It has too many corners. Draw it with fewer.',
    manyMasks: 'A camera has at most 16 masks.',
    crossing: 'Its sides cross or touch each other. Move its corners, or draw it in order.',
    small: 'It is too small to hide anything. Make it larger.',
  } satisfies Record<MaskFault, string>,
  problems: {
    relayOffline: 'The relay is not connected. Take the picture when it is.',
    mediaUnavailable: 'The camera gives no picture now. Check it, and try again.',
    notPermitted: 'The relay does not take this browser’s key any more. Pair this browser anew.',
    tooManyRequests: 'The relay takes another picture just now. Try again in a moment.',
    forged: 'What came is not from your relay, and is not shown. Tell who runs the server.',
    other: 'The picture could not be taken. Try again in a moment.',
  } satisfies Record<StillProblem, string>,
};

export type MaskWords = typeof en;

const es: MaskWords = {
  title: (name) => `Máscaras de ${name}`,
  intro:
    'Lo que marque queda oculto antes de que la imagen salga de su sitio, siempre que se comparta. La imagen sobre la que se dibuja viene de su relé, sellada para esta página: el servidor no puede verla.',
  take: 'Tomar una imagen',
  takeAgain: 'Tomar otra imagen',
  taking: 'El relé está tomando una imagen…',
  still: (name) => `Imagen de ${name} para dibujar`,
  help: 'Pulse en la imagen para cada esquina. Con el teclado: las flechas mueven la cruz, con Mayúsculas a pasos más largos, y Entrar pone allí una esquina. Las esquinas se pueden arrastrar o mover con las flechas.',
  cross: (x, y) => `Cruz al ${x} % desde la izquierda y al ${y} % desde arriba. Entrar pone una esquina.`,
  corner: (corner, x, y) => `Esquina ${corner}, al ${x} % desde la izquierda y al ${y} % desde arriba`,
  ofMask: (mask, corner) => `Máscara ${mask}, ${corner}`,
  ofOpen: (corner) => `Máscara nueva, ${corner}`,
  closeByCorner: (corner) => `${corner}. Entrar cierra la máscara.`,
  close: 'Cerrar esta máscara',
  undo: 'Deshacer',
  use: 'Usar estas máscaras',
  cancel: 'Cancelar',
  mask: (mask, corners) => `Máscara ${mask}, ${corners} esquinas`,
  remove: (mask) => `Quitar la máscara ${mask}`,
  none: 'Sin máscaras: se muestra la imagen entera.',
  open: (corners) => (corners === 1 ? 'Máscara nueva, 1 esquina' : `Máscara nueva, ${corners} esquinas`),
  stillOpen: 'Una máscara nueva no está cerrada todavía. Ciérrela o deshaga sus esquinas.',
  otherShape:
    'Las máscaras de ahora se dibujaron sobre una imagen de otra forma y no se muestran aquí. Lo que dibuje las sustituye.',
  drawAnew: 'Esta imagen tiene otra forma que la anterior. Dibuje las máscaras de nuevo.',
  faultOf: (mask, words) => `Máscara ${mask}: ${words}`,
  faults: {
    fewCorners: 'Necesita al menos tres esquinas.',
    manyCorners: 'Tiene demasiadas esquinas. Dibújela con menos.',
    manyMasks: 'Una cámara tiene 16 máscaras como máximo.',
    crossing: 'Sus lados se cruzan o se tocan. Mueva sus esquinas o dibújela en orden.',
    small: 'Es demasiado pequeña para ocultar algo. Hágala más grande.',
  },
  problems: {
    relayOffline: 'El relé no está conectado. Tome la imagen cuando lo esté.',
    mediaUnavailable: 'La cámara no da imagen ahora. Revísela e inténtelo de nuevo.',
    notPermitted: 'El relé ya no acepta la clave de este navegador. Vuelva a emparejarlo.',
    tooManyRequests: 'El relé está tomando otra imagen. Inténtelo de nuevo en un momento.',
    forged: 'Lo que llegó no es de su relé y no se muestra. Avise a quien administra el servidor.',
    other: 'No se pudo tomar la imagen. Inténtelo de nuevo en un momento.',
  },
};

const all: Readonly<Record<RegistrantLanguage, MaskWords>> = { en, es };

/** In the first of these languages that there is; in English when there is none of them. */
export function maskWordsFor(wishes: readonly string[]): { language: RegistrantLanguage; words: MaskWords } {
  for (const wish of wishes) {
    const found = registrantLanguageSchema.safeParse(wish.slice(0, 2).toLowerCase());
    if (found.success) return { language: found.data, words: all[found.data] };
  }
  return { language: 'en', words: en };
}

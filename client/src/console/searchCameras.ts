import type { Camera } from '@commonsight/types/camera';

/**
 * Cameras that fit what was typed, the best first: the number itself, then names that begin with it, then names and
 * sites that hold every word. Nothing typed: all, as they come.
 */
export function searchCameras(cameras: readonly Camera[], text: string): Camera[] {
  const words = plain(text).split(' ').filter(Boolean);
  if (words.length === 0) return [...cameras];
  const whole = words.join(' ');
  const ranked = cameras.flatMap((camera) => {
    const rank = rankOf(camera, whole, words);
    return rank === null ? [] : [{ camera, rank }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank || a.camera.number - b.camera.number).map(({ camera }) => camera);
}

function rankOf(camera: Camera, whole: string, words: readonly string[]): number | null {
  const name = plain(camera.name);
  if (whole.replace(/^#/, '') === String(camera.number)) return 0;
  if (name.startsWith(whole)) return 1;
  const nameWords = name.split(' ');
  if (words.every((word) => nameWords.some((part) => part.startsWith(word)))) return 2;
  const everything = `${name} ${plain(camera.siteName)} ${camera.number}`;
  return words.every((word) => everything.includes(word)) ? 3 : null;
}

/** Without accents and case, signs as spaces, so that "3rd & main" finds "3rd and Main". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

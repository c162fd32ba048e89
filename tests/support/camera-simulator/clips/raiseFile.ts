import { readFile, writeFile } from 'node:fs/promises';
import { raiseClip } from '../bar/raiseClip.ts';
import { joinAnnexB, splitAnnexB } from '../h264/annexB.ts';

/** Rewrites a clip in place with the empty bar above its pictures. */
export async function raiseFile(file: string): Promise<void> {
  const { sps, pps, accessUnits } = raiseClip(splitAnnexB(await readFile(file)));
  await writeFile(file, joinAnnexB([sps, pps, ...accessUnits.flatMap(({ slices }) => slices)]));
}

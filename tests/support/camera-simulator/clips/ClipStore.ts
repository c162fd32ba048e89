import { readFile } from 'node:fs/promises';
import { parseClip } from '../h264/AccessUnit.ts';
import type { ParsedClip } from '../h264/AccessUnit.ts';
import { splitAnnexB } from '../h264/annexB.ts';
import { makeClip } from './makeClip.ts';
import type { ClipKey } from './makeClip.ts';

/** The parsed clips of a process, each read once. */
export class ClipStore {
  // Promises rather than clips: streams that ask at the same moment must not read the same file twice.
  readonly #clips = new Map<string, Promise<ParsedClip>>();

  load(key: ClipKey): Promise<ParsedClip> {
    const name = JSON.stringify([key.scene, key.stream, key.keyFrameIntervalSeconds, key.variant]);
    const known = this.#clips.get(name);
    if (known !== undefined) return known;
    const loading = makeClip(key).then(async (file) => parseClip(splitAnnexB(await readFile(file))));
    // A clip that could not be made is tried again by whoever asks next.
    loading.catch(() => this.#clips.delete(name));
    this.#clips.set(name, loading);
    return loading;
  }
}

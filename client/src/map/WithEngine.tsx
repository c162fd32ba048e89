import { type ReactNode, useMemo } from 'react';
import { type BaseMap, baseMapOf } from './baseMapOf.ts';
import type { MapConfig } from './DrawnMap.tsx';
import type { MapEngine } from './MapEngine.ts';
import type { MapWords } from './mapWords.ts';

export interface WithEngineProps {
  config: MapConfig;
  words: MapWords;
  /** Said in the map's corner: why it stands in for another. */
  notice: string | null;
  children: (engine: MapEngine, base: BaseMap) => ReactNode;
}

/** One map library with what lies under everything that is drawn by it. */
export function WithEngine({ engine, config, words, notice, children }: WithEngineProps & { engine: MapEngine }) {
  const base = useMemo(() => {
    const found = baseMapOf(engine.name, config, words);
    return notice === null ? found : { ...found, caption: `${notice} ${found.caption}` };
  }, [engine, config, words, notice]);
  return children(engine, base);
}

import { maplibreEngine } from './maplibreEngine.ts';
import { WithEngine, type WithEngineProps } from './WithEngine.tsx';

export function WithMaplibre(props: WithEngineProps) {
  return <WithEngine {...props} engine={maplibreEngine} />;
}

import { mapboxEngine } from './mapboxEngine.ts';
import { WithEngine, type WithEngineProps } from './WithEngine.tsx';

export function WithMapbox(props: WithEngineProps) {
  return <WithEngine {...props} engine={mapboxEngine} />;
}

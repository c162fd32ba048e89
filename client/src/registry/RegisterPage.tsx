import { RegistryShell } from './RegistryShell.tsx';
import { useRegistry } from './useRegistry.ts';
import { Waiting } from './Waiting.tsx';
import { Wizard } from './Wizard.tsx';

/** Public: anybody registers a camera. Registering gives nobody live access. */
export function RegisterPage() {
  const { reading, readAgain } = useRegistry();
  return (
    <RegistryShell>
      {reading.state === 'ready' && reading.registry.agencies.length > 0 ? (
        <Wizard registry={reading.registry} onTermsChanged={readAgain} />
      ) : (
        <Waiting reading={reading} onTryAgain={readAgain} />
      )}
    </RegistryShell>
  );
}

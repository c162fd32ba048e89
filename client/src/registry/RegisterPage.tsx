import { RegistryShell } from './RegistryShell.tsx';
import { type OpenRegistry, type Registry, useRegistry } from './useRegistry.ts';
import { Waiting } from './Waiting.tsx';
import { Wizard } from './Wizard.tsx';

/** Public: anybody registers a camera. Registering gives nobody live access. */
export function RegisterPage() {
  const { reading, readAgain } = useRegistry();
  const open = reading.state === 'ready' ? withArea(reading.registry) : null;
  return (
    <RegistryShell>
      {open !== null && open.agencies.length > 0 ? (
        <Wizard registry={open} onTermsChanged={readAgain} />
      ) : (
        <Waiting reading={reading} onTryAgain={readAgain} />
      )}
    </RegistryShell>
  );
}

/** What takes registrations: agencies that have closed their registry are there for who is registered already. */
function withArea(registry: Registry): OpenRegistry {
  return {
    ...registry,
    agencies: registry.agencies.flatMap(({ area, ...agency }) => (area === null ? [] : [{ ...agency, area }])),
  };
}

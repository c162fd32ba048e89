import { RegistryShell } from '../RegistryShell.tsx';
import { RegistrantView } from './RegistrantView.tsx';

/** Public: who has registered cameras changes, pauses or deletes them, through a mailed link and without an account. */
export function RegistrantPage() {
  return (
    <RegistryShell>
      <RegistrantView />
    </RegistryShell>
  );
}

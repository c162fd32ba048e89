import { RegistryShell } from '../registry/RegistryShell.tsx';
import { ApplicationView } from './ApplicationView.tsx';

/** Public: how an application stands, by its mailed link. */
export function ApplicationPage() {
  return (
    <RegistryShell about="share">
      <ApplicationView />
    </RegistryShell>
  );
}

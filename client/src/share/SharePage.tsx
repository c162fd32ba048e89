import { RegistryShell } from '../registry/RegistryShell.tsx';
import { ShareView } from './ShareView.tsx';

/** Public: a business or resident applies to share live video. By itself that shares nothing. */
export function SharePage() {
  return (
    <RegistryShell about="share">
      <ShareView />
    </RegistryShell>
  );
}

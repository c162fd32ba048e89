import { RegistryShell } from '../../registry/RegistryShell.tsx';
import { AnswerView } from './AnswerView.tsx';

/** Public: who was asked for footage answers and sends files, through a mailed link and without an account. */
export function AnswerPage() {
  return (
    <RegistryShell>
      <AnswerView />
    </RegistryShell>
  );
}

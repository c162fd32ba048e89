import { ShieldX } from 'lucide-react';
import { useEffect } from 'react';
import { PageHeader } from '../app/PageHeader.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { People } from './People.tsx';

/** Who may sign in: for administrators. */
export function PeoplePage() {
  const workspace = useWorkspace();
  useEffect(() => {
    document.title = 'People · Commonsight';
  }, []);
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="People" />
      <main className="flex min-h-0 grow flex-col">
        {workspace.can('user.administer') ? (
          <People />
        ) : (
          <EmptyState icon={<ShieldX />} title="This page is for administrators">
            It shows who may sign in. Your role does not include that.
          </EmptyState>
        )}
      </main>
    </div>
  );
}

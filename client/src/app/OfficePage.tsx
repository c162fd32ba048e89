import type { Permission } from '@commonsight/types/permission';
import { ShieldX } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { classes } from '../ui/classes.ts';
import { PageHeader } from './PageHeader.tsx';
import { useWorkspace } from './WorkspaceContext.ts';

export interface OfficePageProps {
  title: string;
  /** What opens the page; null: everybody who is signed in. */
  permission: Permission | null;
  /** Whose page it is, such as `administrators`. */
  isFor: string;
  /** What it does, for whoever comes and may not: `It shows who may sign in.` */
  purpose: string;
  /** At the end of the header. */
  headerEnd?: ReactNode;
  /** How the page's parts stand; below each other when it is not said. */
  layout?: string;
  children: ReactNode;
}

/** A page of an office: its header, and its content for those who may see it. */
export function OfficePage(props: OfficePageProps) {
  const { title, permission, isFor, purpose, headerEnd, layout = 'flex-col', children } = props;
  const workspace = useWorkspace();
  useEffect(() => {
    document.title = `${title} · Commonsight`;
  }, [title]);
  return (
    <div className="flex h-full flex-col">
      <PageHeader title={title}>{headerEnd}</PageHeader>
      <main className={classes('flex min-h-0 grow', layout)}>
        {permission === null || workspace.can(permission) ? (
          children
        ) : (
          <div className="grow">
            <EmptyState icon={<ShieldX />} title={`This page is for ${isFor}`}>
              {purpose} Your role does not include that.
            </EmptyState>
          </div>
        )}
      </main>
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { JustificationReminder } from '../grant/JustificationReminder.tsx';
import { Logo } from '../ui/Logo.tsx';
import { roleNames } from '../ui/words.ts';
import { UserMenu } from './UserMenu.tsx';
import { useWorkspace } from './WorkspaceContext.ts';

/** The head of a page beside the wall; `children` stand at its end, such as whether the page is up to date. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  const workspace = useWorkspace();
  const { user } = workspace.me;
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-3">
      <Logo className="size-5 shrink-0" />
      <h1 className="m-0 truncate text-base font-semibold">{title}</h1>
      {workspace.can('wall.read') ? (
        <Link
          to="/"
          className="inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-muted no-underline hover:bg-surface-3 hover:text-text"
        >
          <ArrowLeft className="size-4" aria-hidden />
          To the wall
        </Link>
      ) : null}
      <span className="grow" />
      {children}
      <JustificationReminder />
      <span className="min-w-0 truncate text-muted max-md:hidden">
        {user.name}
        <span className="text-subtle"> · {roleNames[user.role]}</span>
      </span>
      <UserMenu />
    </header>
  );
}

import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useWorkspace } from './WorkspaceContext.ts';
import { Logo } from '../ui/Logo.tsx';
import { roleNames } from '../ui/words.ts';

/** The head of a page beside the wall. */
export function PageHeader({ title }: { title: string }) {
  const { me } = useWorkspace();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-3">
      <Logo className="size-5" />
      <h1 className="m-0 truncate text-base font-semibold">{title}</h1>
      <Link
        to="/"
        className="inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-muted no-underline hover:bg-surface-3 hover:text-text"
      >
        <ArrowLeft className="size-4" aria-hidden />
        To the wall
      </Link>
      <span className="grow" />
      <span className="min-w-0 truncate text-muted max-md:hidden">
        {me.user.name}
        <span className="text-subtle"> · {roleNames[me.user.role]}</span>
      </span>
    </header>
  );
}

import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

/** What stands where nothing is: why, and what to do. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-6 text-center">
      {icon === undefined ? null : <div className="text-faint [&_svg]:size-7">{icon}</div>}
      <p className="m-0 text-base font-medium text-text">{title}</p>
      {children === undefined ? null : <div className="max-w-72 text-muted">{children}</div>}
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}

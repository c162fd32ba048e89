import { type ReactNode, useId } from 'react';

export interface AccountSectionProps {
  title: string;
  /** What it is for, in one sentence. */
  description: ReactNode;
  /** The one button of the section. */
  action?: ReactNode;
  children?: ReactNode;
}

export function AccountSection({ title, description, action, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-lg bg-surface-1 p-5 inset-ring inset-ring-line max-sm:p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h2 id={id} className="m-0 text-lg font-semibold">
            {title}
          </h2>
          <p className="m-0 mt-1 text-muted">{description}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

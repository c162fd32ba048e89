/** The look of every input of one line. */
export const inputClass =
  'h-8 w-full min-w-0 rounded-md bg-surface-0 px-2.5 text-text inset-ring inset-ring-line-strong placeholder:text-subtle hover:inset-ring-faint disabled:opacity-50';

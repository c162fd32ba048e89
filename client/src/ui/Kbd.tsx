export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm bg-surface-0/60 px-1 font-sans text-2xs text-muted inset-ring inset-ring-line-strong">
      {children}
    </kbd>
  );
}

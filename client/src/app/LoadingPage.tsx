import { Logo } from '../ui/Logo.tsx';

export function LoadingPage() {
  return (
    <main className="flex h-full items-center justify-center" aria-busy="true">
      <div className="flex flex-col items-center gap-3 text-muted">
        <Logo className="size-9 animate-pulse" />
        <p className="m-0">Opening Commonsight</p>
      </div>
    </main>
  );
}

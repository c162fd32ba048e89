import { goToPart, type PartId, partIds } from './app/pageParts.ts';

interface PartLinksProps {
  cameras: number;
  watching: number;
  hasRelay: boolean;
}

/** What the page has, at its top: below a hundred cameras nobody would find the rest. */
export function PartLinks({ cameras, watching, hasRelay }: PartLinksProps) {
  const ofRelay: readonly (readonly [PartId, string])[] = [
    [partIds.alert, 'Alert'],
    [partIds.health, 'How your relay and cameras are'],
    [partIds.cameras, `Your cameras (${cameras})`],
  ];
  const parts: readonly (readonly [PartId, string])[] = [
    ...(hasRelay ? ofRelay : []),
    [partIds.watching, `Who is looking now (${watching})`],
    [partIds.inbox, 'Requests for footage'],
  ];
  return (
    <nav aria-label="On this page" className="mt-3 flex flex-wrap gap-x-4">
      {parts.map(([id, label]) => (
        <button
          key={id}
          type="button"
          className="min-h-11 border-0 bg-transparent p-0 text-base text-accent underline underline-offset-4"
          onClick={() => goToPart(id)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

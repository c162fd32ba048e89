import { useState } from 'react';
import { useText } from '../../language/LanguageContext.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { readFootageVisit } from './footageVisit.ts';

/** For who came from the own page. By the tab's history, because an owner's page has its link's secret in the address. */
export function BackToOwnPage() {
  const { footage } = useText();
  const [page] = useState(() => readFootageVisit(sessionStorage).openedFrom);
  if (page === null) return null;
  const goBack = (): void => {
    if (window.history.length > 1) window.history.back();
    else window.location.assign(page);
  };
  return (
    <BigButton look="quiet" className="mb-2 self-start px-0" onClick={goBack}>
      <span aria-hidden>←</span> {footage.back}
    </BigButton>
  );
}

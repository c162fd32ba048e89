import type { RevealedContact } from '@commonsight/types/search';
import { useEffect, useRef } from 'react';

/** Whom to ask about a camera. It is on this page alone, and gone with it. */
export function ContactLines({ contact: { contact, address } }: { contact: RevealedContact }) {
  const lines = useRef<HTMLElement>(null);
  // The button that asked for it is gone; who works by keyboard or listens goes on here.
  useEffect(() => lines.current?.focus({ preventScroll: true }), []);
  return (
    <address
      ref={lines}
      tabIndex={-1}
      className="flex flex-col gap-0.5 rounded-md bg-surface-2 px-2.5 py-2 not-italic inset-ring inset-ring-line"
    >
      <span className="font-medium wrap-anywhere">{contact.name}</span>
      {contact.phone === null ? null : (
        <a href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`} className={link}>
          {contact.phone}
        </a>
      )}
      <a href={`mailto:${encodeURIComponent(contact.email).replace('%40', '@')}`} className={link}>
        {contact.email}
      </a>
      <span className="text-muted wrap-anywhere">{address}</span>
      <span className="text-xs text-subtle">The registrant reads that you asked, and what for.</span>
    </address>
  );
}

const link = 'figures self-start text-accent wrap-anywhere';

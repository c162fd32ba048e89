import type { FootagePreview } from '@commonsight/types/footage';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';

const names = { en: 'English', es: 'Spanish' } as const;

/** The mail as it goes out, in each language that somebody may have chosen. */
export function MailPreview({ previews }: { previews: readonly FootagePreview[] }) {
  const [language, setLanguage] = useState(previews[0]?.language);
  const shown = previews.find((preview) => preview.language === language);
  return (
    <section aria-label="The mail" className="flex flex-col gap-2">
      <fieldset aria-label="Language of the mail" className="m-0 flex gap-1 border-0 p-0">
        {previews.map((preview) => (
          <Button
            key={preview.language}
            size="sm"
            look={preview.language === language ? 'secondary' : 'quiet'}
            aria-pressed={preview.language === language}
            onClick={() => setLanguage(preview.language)}
          >
            {names[preview.language]}
          </Button>
        ))}
      </fieldset>
      {shown === undefined ? null : (
        <div lang={shown.language} className="rounded-md bg-surface-1 p-3 inset-ring inset-ring-line">
          <p className="m-0 mb-2 font-medium wrap-anywhere">{shown.subject}</p>
          <p className="m-0 text-xs whitespace-pre-wrap text-muted wrap-anywhere">{shown.text}</p>
        </div>
      )}
    </section>
  );
}

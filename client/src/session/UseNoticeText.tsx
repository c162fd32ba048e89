import type { UseNotice } from '@commonsight/types/session';

/** The use notice's words. It scrolls by itself, and by the keyboard. */
export function UseNoticeText({ notice }: { notice: UseNotice }) {
  return (
    <section
      aria-label={notice.title}
      // A keyboard reaches the end of a long text only when the text can have the focus.
      tabIndex={0}
      className="max-h-[38vh] overflow-y-auto rounded-md bg-surface-0 px-4 py-3 text-base inset-ring inset-ring-line"
    >
      {notice.paragraphs.map((paragraph) => (
        <p key={paragraph} className="mt-0 mb-3 leading-relaxed last:mb-0">
          {paragraph}
        </p>
      ))}
    </section>
  );
}

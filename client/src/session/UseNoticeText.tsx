import { ScrollArea } from '@base-ui/react/scroll-area';
import type { UseNotice } from '@commonsight/types/session';

/** The use notice's words. They scroll by themselves, and by the keyboard. */
export function UseNoticeText({ notice }: { notice: UseNotice }) {
  return (
    <ScrollArea.Root className="rounded-md bg-surface-0 inset-ring inset-ring-line">
      <ScrollArea.Viewport
        render={<section aria-label={notice.title} />}
        className="max-h-[38vh] overflow-y-auto px-4 py-3 text-base"
      >
        {notice.paragraphs.map((paragraph) => (
          <p key={paragraph} className="mt-0 mb-3 leading-relaxed last:mb-0">
            {paragraph}
          </p>
        ))}
      </ScrollArea.Viewport>
    </ScrollArea.Root>
  );
}

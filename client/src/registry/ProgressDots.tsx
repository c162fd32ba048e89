import { classes } from '../ui/classes.ts';
import { useText } from '../language/LanguageContext.ts';

export function ProgressDots({ index, count }: { index: number; count: number }) {
  const words = useText();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div aria-hidden className="flex items-center gap-1.5">
        {Array.from({ length: count }, (_, dot) => (
          <span
            key={dot}
            className={classes(
              'h-2 rounded-full',
              dot === index ? 'w-6' : 'w-2',
              dot <= index ? 'bg-accent' : 'bg-line-strong',
            )}
          />
        ))}
      </div>
      <p className="figures m-0 text-base text-muted">{words.progress(index + 1, count)}</p>
    </div>
  );
}

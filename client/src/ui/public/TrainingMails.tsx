import { trainingMailsPath } from '@commonsight/types/training-city';
import { useText } from '../../language/LanguageContext.ts';
import { useMapConfig } from '../../map/useMapConfig.ts';

/** In a training city, which mails nobody: where its mails are. */
export function TrainingMails() {
  const words = useText();
  const config = useMapConfig();
  if (config === null || config === 'unknown' || !config.isTraining) return null;
  return (
    <a
      href={trainingMailsPath}
      target="_blank"
      rel="noreferrer"
      className="flex min-h-11 items-center text-accent underline underline-offset-4"
    >
      {words.trainingMails}
    </a>
  );
}

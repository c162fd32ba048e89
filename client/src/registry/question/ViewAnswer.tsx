import { useText } from '../../language/LanguageContext.ts';
import { compassIndex } from '../../place/bearing.ts';
import type { AnswerProps } from './Question.tsx';
import { RangeAnswer } from './RangeAnswer.tsx';
import { ViewDial } from '../../place/ViewDial.tsx';

export function ViewAnswer({ draft, onAnswer }: AnswerProps) {
  const { view } = useText();
  const { bearingDegrees, angleDegrees, rangeMetres } = draft;
  return (
    <div className="flex flex-col items-center gap-6 sm:flex-row sm:gap-10">
      <div className="flex flex-col items-center gap-3">
        <ViewDial
          bearingDegrees={bearingDegrees}
          angleDegrees={angleDegrees}
          onTurn={(bearing) => onAnswer({ bearingDegrees: bearing })}
        />
        <p className="figures m-0 font-medium">
          {view.bearingValue(bearingDegrees, view.compass[compassIndex(bearingDegrees)] ?? '')}
        </p>
        <p className="m-0 max-w-60 text-center text-base text-muted">{view.keys}</p>
      </div>
      <div className="flex w-full min-w-0 grow flex-col gap-4">
        <RangeAnswer
          label={view.angle}
          words={view.angleValue(angleDegrees)}
          value={angleDegrees}
          least={10}
          most={360}
          step={5}
          onChange={(angle) => onAnswer({ angleDegrees: angle })}
        />
        <RangeAnswer
          label={view.range}
          words={view.rangeValue(rangeMetres)}
          value={rangeMetres}
          least={5}
          most={200}
          step={5}
          onChange={(range) => onAnswer({ rangeMetres: range })}
        />
      </div>
    </div>
  );
}

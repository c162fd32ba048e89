import { trainingCityCentre } from '@commonsight/types/training-city';
import { useMemo } from 'react';
import { placeOf, positionOf, viewConeOf } from '../draft/answers.ts';
import { useText } from '../../language/LanguageContext.ts';
import { PlaceMap } from '../../place/PlaceMap.tsx';
import type { AnswerProps } from './Question.tsx';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

/** The address in words, and the position by the map or by its two numbers; either is enough, and each shows the other. */
export function PlaceAnswer({ draft, problems, onAnswer, area }: AnswerProps) {
  const words = useText();
  const problemOf = (field: 'address' | 'latitude' | 'longitude'): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : words.problems[problem];
  };
  const position = useMemo(() => positionOf(draft), [draft]);
  const viewCone = useMemo(() => viewConeOf(draft), [draft]);
  const centre =
    area === null
      ? trainingCityCentre
      : { latitude: (area.south + area.north) / 2, longitude: (area.west + area.east) / 2 };
  return (
    <div className="flex flex-col gap-5">
      <TextAnswer
        label={words.place.address}
        help={words.place.addressHelp}
        autoComplete="street-address"
        value={draft.address}
        problem={problemOf('address')}
        onType={(address) => onAnswer({ address })}
      />
      <div className="flex flex-col gap-2">
        <PlaceMap
          position={position}
          viewCone={viewCone}
          centre={centre}
          area={area}
          onPlace={(placed) => onAnswer(placeOf(placed))}
        />
        <p className="m-0 text-base text-muted">{words.place.pinHelp}</p>
      </div>
      <fieldset className="m-0 flex flex-col gap-2 border-0 p-0">
        <legend className="p-0 text-base font-medium">{words.place.numbers}</legend>
        <div className="grid grid-cols-1 gap-4 pt-2 sm:grid-cols-2">
          <TextAnswer
            label={words.place.latitude}
            autoComplete="off"
            value={draft.latitude}
            problem={problemOf('latitude')}
            onType={(latitude) => onAnswer({ latitude })}
          />
          <TextAnswer
            label={words.place.longitude}
            autoComplete="off"
            value={draft.longitude}
            problem={problemOf('longitude')}
            onType={(longitude) => onAnswer({ longitude })}
          />
        </div>
      </fieldset>
    </div>
  );
}

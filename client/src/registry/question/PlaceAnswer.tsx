import { trainingCityCentre } from '@commonsight/types/training-city';
import type { Position } from '@commonsight/types/position';
import { useMemo, useState } from 'react';
import { placeOf, positionOf, viewConeOf } from '../draft/answers.ts';
import { useText } from '../../language/LanguageContext.ts';
import { HereButton } from '../../place/HereButton.tsx';
import { PlaceMap } from '../../place/PlaceMap.tsx';
import type { Draft } from '../draft/Draft.ts';
import type { Problems } from '../draft/problems.ts';
import type { AnswerProps } from './Question.tsx';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

type PlaceDraft = Pick<Draft, 'address' | 'latitude' | 'longitude'>;

export interface PlaceAnswerProps extends Pick<AnswerProps, 'area'> {
  /** With a camera's view, or without: of a place with several cameras. */
  draft: PlaceDraft | Draft;
  problems: Pick<Problems, keyof PlaceDraft>;
  onAnswer: (answer: Partial<PlaceDraft>) => void;
}

/** The address in words, and the position by the map or by its two numbers; either is enough, and each shows the other. */
export function PlaceAnswer({ draft, problems, onAnswer, area }: PlaceAnswerProps) {
  const words = useText();
  const [found, setFound] = useState<Position | null>(null);
  const problemOf = (field: 'address' | 'latitude' | 'longitude'): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : words.problems[problem];
  };
  const position = useMemo(() => positionOf(draft), [draft]);
  const viewCone = useMemo(() => ('bearingDegrees' in draft ? viewConeOf(draft) : null), [draft]);
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
          goTo={found}
        />
        <p className="m-0 text-base text-muted">{words.place.pinHelp}</p>
        <HereButton
          onFound={(here) => {
            setFound(here);
            onAnswer(placeOf(here));
          }}
        />
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

import { parseSize } from './parseSize.ts';

/** What can be asked about masking without a relay that runs. Sizes are pixels. */
export interface MasksCommand {
  readonly name: 'masks';
  readonly act: 'measure';
  readonly width: number;
  readonly height: number;
}

const defaultSize = '1280x720';

/** Throws a sentence when the arguments are not those of such a command. */
export function parseMasksCommand(
  words: readonly string[],
  values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
): MasksCommand {
  const command = words.join(' ');
  if (command !== 'masks measure') throw new Error(`There is no command ${command}. See relay --help.`);
  const extra = Object.keys(values).find((flag) => flag !== 'size');
  if (extra !== undefined) throw new Error(`relay masks measure takes no --${extra}. See relay --help.`);
  return { name: 'masks', act: 'measure', ...parseSize(String(values['size'] ?? defaultSize)) };
}

/** What the checks need of a Dockerfile: its instructions with their arguments, continued lines joined. */
export interface Instruction {
  name: string;
  rest: string;
}

export function parseDockerfile(text: string): Instruction[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.indexOf(' ');
      return { name: line.slice(0, space).toUpperCase(), rest: line.slice(space + 1).trim() };
    });
}

/** The files and folders that `COPY` takes from the checkout, not those of an earlier stage. */
export function copiedPaths(instructions: readonly Instruction[]): string[] {
  return instructions
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from='))
    .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
}

/** The names that `ENV` sets. */
export function environmentNames(instructions: readonly Instruction[]): string[] {
  return instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ rest }) => [...rest.matchAll(/(\w+)=/g)].map((match) => match[1] ?? ''));
}

/** The TypeScript files that `CMD`, `ENTRYPOINT` and `RUN node` start. */
export function startedFiles(instructions: readonly Instruction[]): string[] {
  return instructions
    .filter(({ name }) => ['CMD', 'ENTRYPOINT', 'RUN'].includes(name))
    .flatMap(({ rest }) => rest.match(/[\w./-]+\.ts/g) ?? []);
}

import { posix } from 'node:path';
import { breach, type RepositoryFile } from './repositoryFiles.ts';

/** A place that a link may lead to: every path of the repository, folders included, and the headings of documents. */
export interface LinkTargets {
  paths: ReadonlySet<string>;
  anchors: ReadonlyMap<string, ReadonlySet<string>>;
}

export function linkTargets(allPaths: readonly string[], documents: readonly RepositoryFile[]): LinkTargets {
  const paths = new Set(allPaths);
  for (const path of allPaths) {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) paths.add(folder);
  }
  return { paths, anchors: new Map(documents.map((file) => [file.path, anchorsOf(file.text)])) };
}

export function linkBreaches(file: RepositoryFile, { paths, anchors }: LinkTargets): string[] {
  const prose = withoutCode(file.text);
  const links = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)|\b(?:src|href)="([^"]+)"/gm)];
  return links.flatMap((link) => {
    const target = link[1] ?? link[2] ?? link[3] ?? '';
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const full = path === '' ? file.path : posix.join(posix.dirname(file.path), decodeURIComponent(path));
    const bare = full.replace(/\/$/, '');
    if (!paths.has(bare)) return [breach(file, link.index, `links to ${target}, which is not there`)];
    if (anchor && !anchors.get(bare)?.has(anchor)) {
      return [breach(file, link.index, `links to ${target}, and ${bare} has no such heading`)];
    }
    return [];
  });
}

/** The anchors that GitHub makes: lower case, without punctuation, spaces as dashes, a number behind a repetition. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text, 'blocks').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    let anchor = slug;
    for (let repetition = 1; anchors.has(anchor); repetition += 1) anchor = `${slug}-${repetition}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Blanks out code, in which brackets are no links. Offsets stay as they are. */
function withoutCode(text: string, what: 'blocks' | 'all' = 'all'): string {
  const blank = (code: string): string => code.replaceAll(/[^\n]/g, ' ');
  const withoutBlocks = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, blank);
  return what === 'blocks' ? withoutBlocks : withoutBlocks.replaceAll(/`[^`\n]*`/g, blank);
}

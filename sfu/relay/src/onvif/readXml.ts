import { XMLParser } from 'fast-xml-parser';

/** A parsed element: its children by local name, its attributes with `@` before, its text under `#`. */
export type XmlNode = { readonly [name: string]: unknown };

/** Answers have some ten levels. */
const deepest = 40;
const mostElements = 20_000;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  textNodeName: '#',
  parseTagValue: false,
  parseAttributeValue: false,
  // None but the five of XML, which are put in afterwards: whatever else has a name is declared to grow.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
});

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * Reads an answer's XML. Throws when it is none, declares a document type (where entities and outside files come from),
 * or is deeper or has more elements than any answer.
 */
export function readXml(text: string): XmlNode {
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw new Error('The XML declares a document type.');
  if ((text.match(/</g)?.length ?? 0) > mostElements) throw new Error('The XML has too many elements.');
  const parsed: unknown = parser.parse(text, true);
  if (!isNode(parsed)) throw new Error('The XML is empty.');
  return parsed;
}

/** The elements that a path of local names leads to. */
export function all(node: unknown, ...path: readonly string[]): unknown[] {
  let found: unknown[] = [node];
  for (const name of path) {
    found = found.flatMap((one) => {
      if (!isNode(one) || !Object.hasOwn(one, name)) return [];
      const child = one[name];
      return Array.isArray(child) ? (child as unknown[]) : [child];
    });
  }
  return found;
}

/** The text of the first element of a path, trimmed and at most so long; undefined when there is none. */
export function textOf(node: unknown, path: readonly string[], longest: number): string | undefined {
  const [found] = all(node, ...path);
  const text = typeof found === 'string' ? found : isNode(found) ? found['#'] : undefined;
  if (typeof text !== 'string') return undefined;
  return unescapeXml(text).trim().slice(0, longest);
}

/** XML's own five entities; there are no others here. */
export function unescapeXml(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities[name] ?? whole);
}

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createHash } from 'node:crypto';
import { type PolicyPack, longestPolicyText, policyPackSchema } from '@commonsight/types/policy';
import { type Document, LineCounter, isAlias, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { z } from 'zod';

/** A policy file that is none. Its message names the line and says what to do; it is safe to show. */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

/** A file that is a policy pack. */
export interface PolicyFile {
  /** SHA-256 of the file's bytes, in hexadecimal. */
  hash: string;
  text: string;
  pack: PolicyPack;
}

const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** SHA-256 of the text's UTF-8 bytes, in hexadecimal. */
export function policyHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Reads a policy pack: one YAML document without aliases, anchors, tags or double keys, with exactly the keys of the
 * schema. Throws a `PolicyError`.
 */
export function readPolicy(text: string): PolicyFile {
  if (Buffer.byteLength(text) > longestPolicyText) {
    throw new PolicyError(`The file is larger than ${longestPolicyText / 1024} KB. Shorten its texts.`);
  }
  const lines = new LineCounter();
  // The core schema has no dates, no octal numbers and no merge keys; `strict` refuses what YAML 1.2 leaves open.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    version: '1.2',
  });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    throw new PolicyError(`Line ${lines.linePos(broken.pos[0]).line}: ${explainSyntax(broken.code, broken.message)}`);
  }
  refuseReferences(document, lines);
  const parsed = policyPackSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) throw new PolicyError(explainAll(parsed.error, document, lines));
  return { hash: policyHash(text), text, pack: parsed.data };
}

/** An alias shows one value in two places, a tag gives a value another sense: who reads a policy must see neither. */
function refuseReferences(document: Document, lines: LineCounter): void {
  visit(document, {
    Pair: (_key, { key }) => {
      // A schema cannot refuse this key: to JavaScript it is no key at all.
      if (isScalar(key) && typeof key.value === 'string' && key.value !== '__proto__') return;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      throw new PolicyError(`Line ${lines.linePos(offset).line}: This key is no word. Correct or remove it.`);
    },
    Node: (_key, node) => {
      const { line } = lines.linePos(node.range?.[0] ?? 0);
      if (isAlias(node))
        throw new PolicyError(`Line ${line}: *${node.source} refers to another place. Write the value.`);
      if (node.anchor !== undefined) throw new PolicyError(`Line ${line}: Remove the anchor &${node.anchor}.`);
      if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
        throw new PolicyError(`Line ${line}: Remove the tag ${node.tag}.`);
      }
    },
  });
}

function explainSyntax(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'This key stands twice. Remove one of the two.';
  if (code === 'MULTIPLE_DOCS') return 'A second document begins here. A policy is one document.';
  return `This is not YAML: ${message.split('\n')[0] ?? ''}`;
}

/** The first three things that are wrong, by line. */
function explainAll(error: z.ZodError, document: Document, lines: LineCounter): string {
  const found = error.issues
    .flatMap((issue) => explain(issue, document))
    .map(({ path, message }) => {
      const line = lineOf(path, document, lines);
      return { line, text: `Line ${line}: ${path.length === 0 ? 'The file' : path.join('.')} ${message}.` };
    })
    .sort((a, b) => a.line - b.line);
  const rest = found.length - 3;
  return [...found.slice(0, 3).map(({ text }) => text), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

function explain(issue: z.core.$ZodIssue, document: Document): { path: string[]; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const message = 'is not known here. Correct its spelling or remove it';
    return issue.keys.map((key) => ({ path: [...path, key], message }));
  }
  if (path.length > 0 && !document.hasIn(path)) return [{ path, message: 'is missing. Add it' }];
  return [{ path, message: explainValue(issue) }];
}

function explainValue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  const isText = 'origin' in issue && issue.origin === 'string';
  if (issue.code === 'too_small') return isText ? 'must not be empty' : `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${isText ? ' characters' : ''}`;
  return issue.message;
}

/** The line of the value at the path, or of the nearest thing around it that is there. */
function lineOf(path: readonly string[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const around = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(around) ? around.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const found = pair === undefined ? document.getIn(path.slice(0, length), true) : pair.key;
    if (isNode(found) && found.range != null) return lines.linePos(found.range[0]).line;
  }
  return 1;
}

import { expect, test } from 'vitest';
import { all, readXml, textOf } from './readXml.ts';

test('reads elements by local name, attributes and the five entities of XML', () => {
  const root = readXml('<?xml version="1.0"?><a:x xmlns:a="u"><b:y k="1">R&amp;D &lt;3</b:y><y>2</y></a:x>');
  expect(all(root, 'x', 'y')).toHaveLength(2);
  expect(textOf(root, ['x', 'y'], 80)).toBe('R&D <3');
  expect(textOf(root, ['x', 'y', '@k'], 80)).toBe('1');
  expect(textOf(root, ['x', 'z'], 80)).toBeUndefined();
  expect(textOf(root, ['x', 'y'], 2)).toBe('R&');
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['a document type after a comment', '<!-- --><!doctype a><a/>'],
  ['too much depth', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
  ['too many elements', `<a>${'<b/>'.repeat(50_000)}</a>`],
  ['an end that is missing', '<a><b></a>'],
  ['nothing', ''],
])('refuses XML with %s', (_, text) => {
  expect(() => readXml(text)).toThrow(/./);
});

test('knows no entity but the five', () => {
  expect(textOf(readXml('<a>&x;&#65;&copy;</a>'), ['a'], 80)).toBe('&x;&#65;&copy;');
});

test('no element becomes part of every object', () => {
  try {
    readXml('<a><__proto__><polluted>1</polluted></__proto__><constructor><prototype>1</prototype></constructor></a>');
  } catch {
    // Refusing it is as good.
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test.each([
  ['attributes without end', '<a b="'.repeat(80_000)],
  ['elements without end', '<a'.repeat(19_000)],
  ['spaces in a tag', `<a ${' '.repeat(500_000)}`],
  ['attributes in one tag', `<a ${'b=" '.repeat(100_000)}`],
  ['good attributes in one tag', `<a ${Array.from({ length: 30_000 }, (_, index) => `b${index}="1"`).join(' ')}/>`],
  ['brackets', `<a>${'&'.repeat(500_000)}</a>`],
  ['comments', '<!--'.repeat(19_000)],
  ['sections', `<a>${'<![CDATA['.repeat(19_000)}`],
])('is not kept busy by %s', (_, text) => {
  const startedMs = performance.now();
  try {
    readXml(text);
  } catch {
    // Whether it is XML is not the question.
  }
  // It takes milliseconds where it grows with the length, and minutes where it grows with its square.
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});

import { expect, test } from 'vitest';
import { referenceParameters } from './referenceParameters.ts';

const answer = (content: string, outside = '') =>
  `<s:Envelope xmlns:s="urn:s" ${outside}><w:ReferenceParameters xmlns:w="urn:w">${content}</w:ReferenceParameters></s:Envelope>`;

test('an element comes back with its namespace, wherever that was declared', () => {
  const own = answer('<x:SubscriptionId xmlns:x="urn:example">8</x:SubscriptionId>');
  expect(referenceParameters(own)).toBe('<p:SubscriptionId xmlns:p="urn:example">8</p:SubscriptionId>');
  const above = answer('<x:Id>a &amp; b</x:Id>', 'xmlns:x="urn:above"');
  expect(referenceParameters(above)).toBe('<p:Id xmlns:p="urn:above">a &#38; b</p:Id>');
});

test('without any there is nothing', () => {
  expect(referenceParameters('<s:Envelope xmlns:s="urn:s"/>')).toBe('');
  expect(referenceParameters(answer(''))).toBe('');
});

test('nothing but texts is written, and nothing that is long', () => {
  const nested = referenceParameters(answer('<x:A xmlns:x="urn:x"><x:B>1</x:B></x:A>'));
  expect(nested).toBe('<p:B xmlns:p="urn:x">1</p:B>');
  expect(referenceParameters(answer(`<x:A xmlns:x="urn:x">${'1'.repeat(3_000)}</x:A>`))).toBe('');
  expect(referenceParameters('<w:ReferenceParameters>'.repeat(10_000))).toBe('');
});

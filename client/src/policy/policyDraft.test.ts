import { longestPolicyText } from '@commonsight/types/policy';
import { expect, test } from 'vitest';
import { linesNamed, openPolicyFile, placeOfLine, policyDraft } from './policyDraft.ts';

test('a draft is there again until it is proposed or thrown away, and is its writer’s alone', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  policyDraft(store, 'a').write('name: A');
  expect(policyDraft(store, 'a').read()).toBe('name: A');
  expect(policyDraft(store, 'b').read()).toBeNull();
  policyDraft(store, 'a').write(null);
  expect(policyDraft(store, 'a').read()).toBeNull();
});

test('a browser that keeps nothing is no error', () => {
  const refuse = (): never => {
    throw new Error('The quota is used up.');
  };
  const draft = policyDraft({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'a');
  draft.write('name: A');
  expect(draft.read()).toBeNull();
});

test('a file is taken as it is, to the byte, because its bytes are hashed', async () => {
  const text = '\uFEFFname: Zürich\r\nformat: x\n';
  expect(await openPolicyFile(new Blob([text]))).toEqual({ state: 'opened', text });
});

test('what can be no policy is refused with what to do', async () => {
  expect(await openPolicyFile(new Blob(['x'.repeat(longestPolicyText + 1)]))).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('larger than 32 KB'),
  });
  expect(await openPolicyFile(new Blob([new Uint8Array([0xff, 0xfe, 0x00])]))).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('Save it as UTF-8'),
  });
});

test('the lines that an error names are found in its words, and in the text', () => {
  expect(linesNamed('Line 3: name is missing. Line 12: format must be a text. And 2 more.')).toEqual([3, 12]);
  expect(linesNamed('Another proposal waits.')).toEqual([]);
  const text = 'one\ntwo\n\nfour';
  const at = (line: number) => {
    const { start, end } = placeOfLine(text, line);
    return text.slice(start, end);
  };
  expect([1, 2, 3, 4, 9].map(at)).toEqual(['one', 'two', '', 'four', 'four']);
});

import { expect, test } from 'vitest';
import { relayCommand } from './relayCommand.ts';

test('a command that a page tells names the folder, without which the relay refuses it', () => {
  expect(relayCommand('owner code')).toBe('relay owner code --folder /var/lib/commonsight-relay');
});

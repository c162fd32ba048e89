import { expect, test } from 'vitest';
import { biometricBreaches, isBiometricName, lockedPackages } from './rules/biometrics.ts';
import { repositoryFiles } from './rules/repositoryFiles.ts';

test('no package that is installed recognises people or plates', () => {
  const lockfiles = repositoryFiles('pnpm-lock.yaml');
  expect(lockfiles).toHaveLength(1);
  const names = new Set(lockfiles.flatMap(lockedPackages).map(({ name }) => name));
  // The list is the whole one: it holds what this project asks for, and what that asks for in turn.
  expect(names).toContain('mediasoup');
  expect(names).toContain('@socket.io/component-emitter');
  expect(lockfiles.flatMap(biometricBreaches)).toEqual([]);
});

test('no Debian package that is installed does', () => {
  const named = repositoryFiles('docker', 'tests/setup').flatMap(
    ({ text }) => text.match(/[a-z0-9][a-z0-9.+-]+/g) ?? [],
  );
  expect(named).toContain('ffmpeg');
  expect(named.filter(isBiometricName)).toEqual([]);
});

test.each([
  'face-api.js',
  '@vladmandic/face-api',
  '@tensorflow/tfjs-node',
  'onnxruntime-node',
  'opencv4nodejs',
  'libopencv-dev',
  'python3-dlib',
  '@mediapipe/tasks-vision',
  'openalpr',
  'tesseract.js',
  'libdlib19',
])('%s is found', (name) => {
  const text = `lockfileVersion: '9.0'\n\npackages:\n\n  '${name}@1.0.0':\n    resolution: {}\n`;
  expect(
    biometricBreaches({ path: 'pnpm-lock.yaml', text: name.startsWith('@') ? text : text.replaceAll("'", '') }),
  ).toHaveLength(1);
});

test.each(['@fontsource/atkinson', 'typeface', 'interface-datastore', 'mediasoup', 'better-auth', 'libpng-dev'])(
  '%s is an ordinary package',
  (name) => {
    expect(isBiometricName(name)).toBe(false);
  },
);

test('a lockfile without a list of packages is no clean one', () => {
  expect(() => biometricBreaches({ path: 'pnpm-lock.yaml', text: 'importers:\n' })).toThrow('cannot look');
});

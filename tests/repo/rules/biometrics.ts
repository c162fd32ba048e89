import { breach, type RepositoryFile } from './repositoryFiles.ts';

/**
 * Words of a package's name that say it recognises people or plates, or runs models that could. The product has no use
 * for any of them, so that a general engine for such models is refused as well as what is built on it.
 */
const refusedWords = new Set(
  `
  biometric biometrics face faces facial facenet faceapi deepface insightface arcface retinaface gait reid
  reidentification fingerprint iris rekognition anpr alpr openalpr opencv opencv4nodejs tensorflow tfjs onnx
  onnxruntime mediapipe dlib yolo ultralytics transformers pytorch torch caffe openvino tesseract clarifai
  `
    .trim()
    .split(/\s+/),
);

/** Whether the name of an npm or Debian package says what this project refuses. */
export function isBiometricName(name: string): boolean {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return words.some((word) => refusedWords.has(word) || refusedWords.has(word.replace(/^lib|[0-9]+$/g, '')));
}

/** Every npm package that an install brings, by the lockfile's own list: what others depend on is in it too. */
export function lockedPackages(lockfile: RepositoryFile): { name: string; offset: number }[] {
  const start = lockfile.text.search(/^packages:$/m);
  if (start === -1) throw new Error(`${lockfile.path} has no list of packages: the rule on biometrics cannot look.`);
  const keys = lockfile.text.slice(start).matchAll(/^ {2}'?(@?[^@\s']+)@/gm);
  return [...keys].map((key) => ({ name: key[1] ?? '', offset: start + key.index }));
}

export function biometricBreaches(lockfile: RepositoryFile): string[] {
  return lockedPackages(lockfile)
    .filter(({ name }) => isBiometricName(name))
    .map(({ name, offset }) => breach(lockfile, offset, `brings ${name}: nothing here recognises people or plates`));
}

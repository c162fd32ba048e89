/** What is said about face recognition, and the test that fails when it stops being so. */
export const faceRecognition = {
  statement:
    'This system recognises no faces, no persons and no number plates, and has nothing to search for them. ' +
    'No package that could do it may be installed; a test that runs before each version fails if one is.',
  testFile: 'tests/repo/biometrics.test.ts',
  testName: 'no package that is installed recognises people or plates',
};

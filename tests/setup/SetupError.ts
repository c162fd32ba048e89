/** What is wrong with the machine or its settings, as one sentence for the person at the keyboard; shown without a stack. */
export class SetupError extends Error {
  override name = 'SetupError';
}

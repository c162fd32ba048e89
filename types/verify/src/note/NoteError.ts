/** Text from outside that is no note, key or checkpoint. The message is a sentence that may be shown. */
export class NoteError extends Error {
  override name = 'NoteError';
}

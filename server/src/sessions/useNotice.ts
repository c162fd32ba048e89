import type { UseNotice } from '@commonsight/types/session';

/** The use notice. Whoever changes a word raises the version, and everybody accepts it again. */
export const useNotice: UseNotice = {
  version: 1,
  title: 'Before you go on',
  paragraphs: [
    'This system shows live video from cameras that belong to other people. It is for official work on an open incident and for nothing else.',
    'Everything you do here is written down before it happens: what you look at, why, when and for how long. The record cannot be changed. Supervisors review it, and the owners of the cameras can read who looked.',
    'Looking at a camera for a private reason is misuse and can be punished. Do not share what you see outside of your duty.',
    'By going on you agree that your use is recorded and reviewed.',
  ],
};

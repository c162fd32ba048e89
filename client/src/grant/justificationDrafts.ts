import { createNoteDrafts } from '../incident/noteDrafts.ts';

/** Fewer characters say nothing that could be reviewed; the server refuses them. */
export const fewestCharacters = 20;

/** Justifications that are being written, by the break-glass use: closing the dialog loses none. */
export const justificationDrafts = createNoteDrafts();

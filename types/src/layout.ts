import { z } from 'zod';

/** The rules that divide a screen into tiles; `1+5` is one large tile with five around it. */
export const layoutSchema = z.enum(['1', '4', '9', '16', '1+5']);

export type Layout = z.infer<typeof layoutSchema>;

/** How many slots each layout has; slots count from 1, in reading order, as the keyboard names them. */
export const layoutSlots: Readonly<Record<Layout, number>> = { '1': 1, '4': 4, '9': 9, '16': 16, '1+5': 6 };

/** The largest slot number of any layout. A smaller layout hides tiles beyond its slots and forgets none. */
export const maximumSlots = 16;

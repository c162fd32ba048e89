import type { Layout } from '@commonsight/types/layout';

export const layoutNames: Readonly<Record<Layout, string>> = {
  '1': '1 tile',
  '4': '4 tiles',
  '9': '9 tiles',
  '16': '16 tiles',
  '1+5': '1 large and 5 tiles',
};

/** In the order in which the header shows them. */
export const layoutOrder: readonly Layout[] = ['1', '4', '9', '16', '1+5'];

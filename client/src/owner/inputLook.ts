/** Fields for a time and for a day, large enough for a thumb. */
export const inputLook = 'h-11 rounded-md border border-line-strong bg-surface-1 px-2 text-base text-text';

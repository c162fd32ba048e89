const look = 'h-11 rounded-md border border-line-strong bg-surface-1 text-base text-text';

/** Fields for a time and for a day, large enough for a thumb. */
export const inputLook = `${look} px-2`;

/** A field below its label, as wide as what it stands in. */
export const fieldLook = `${look} mt-1 block w-full px-3 font-normal placeholder:text-subtle`;

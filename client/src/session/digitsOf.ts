/** The first six digits of what was typed or pasted: apps show codes as `123 456`. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '').slice(0, 6);
}

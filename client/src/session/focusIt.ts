/** As a `ref`: what comes onto the page is what is filled in next. */
export function focusIt(input: HTMLElement | null): void {
  input?.focus();
}

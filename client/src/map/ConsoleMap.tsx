export function ConsoleMap() {
  return null;
}

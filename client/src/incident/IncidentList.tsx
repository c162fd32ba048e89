export function IncidentList() {
  return null;
}

export function IncidentPanel() {
  return null;
}

export function MapLoading() {
  return <div className="flex size-full items-center justify-center bg-[#0b1017] text-muted">Loading the map…</div>;
}

/**
 * The map's palette. WebGL cannot read the page's CSS variables, so what the map shares with the interface is repeated
 * here; the values are those of `ui/theme.css`.
 */
export const mapColors = {
  land: '#0b1017',
  block: '#111923',
  building: '#18222e',
  park: '#0e211b',
  water: '#0a1d2e',
  shore: '#17374d',
  pier: '#151d27',
  cone: '#7fa6c2',
  casing: '#080b10',
  street: '#222d3a',
  avenue: '#2d3b4b',
  freeway: '#3a4a5d',
  label: '#8597a9',
  faintLabel: '#64788c',
  waterLabel: '#4f7a9a',
  parkLabel: '#4f8a70',
  halo: '#0b1017',

  text: '#e6edf3',
  muted: '#9fb0c0',
  accent: '#35c2ff',
  live: '#3ddc97',
  warn: '#ffb547',
  stale: '#ff6b5e',
  off: '#64788c',
} as const;

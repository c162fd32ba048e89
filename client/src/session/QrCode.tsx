import { encodeQR } from 'qr';
import { qrPath } from './qrPath.ts';

/** A text as a QR code, drawn here: it holds a secret and goes nowhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = qrPath(encodeQR(text, 'raw', { border: 4 }));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className="block size-48 rounded-md bg-white">
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

import { lazy, Suspense } from 'react';
import type { CameraPreviewProps } from './CameraPreview.tsx';

/** Playing takes a large library, which the rest of the owner's page does without. */
const CameraPreview = lazy(async () => ({ default: (await import('./CameraPreview.tsx')).CameraPreview }));

export function PreviewPanel(props: CameraPreviewProps) {
  return (
    <Suspense fallback={<p className="m-0 mt-2 text-base text-muted">Opening the preview…</p>}>
      <CameraPreview {...props} />
    </Suspense>
  );
}

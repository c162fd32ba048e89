import type { StreamKind } from '@commonsight/types/stream-kind';
import { useEffect, useRef, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import type { OwnerKey } from '../ownerKey.ts';
import { useLeftMs } from '../useLeftMs.ts';
import { previewEndWords } from './previewWords.ts';
import { PreviewSession, type PreviewState, type PreviewWish } from './PreviewSession.ts';

export interface CameraPreviewProps {
  secret: string;
  ownerKey: OwnerKey;
  camera: { id: string; name: string };
  /** Whether police can see it at this moment. */
  mayBeSeen: boolean;
  onClose: () => void;
}

const sizes: readonly { kind: StreamKind; label: string }[] = [
  { kind: 'sub', label: 'Small picture' },
  { kind: 'main', label: 'Large picture' },
];

/** A camera exactly as police get it, for some minutes; what they cannot see now only after the owner has read that. */
export function CameraPreview({ secret, ownerKey, camera, mayBeSeen, onClose }: CameraPreviewProps) {
  const [kind, setKind] = useState<StreamKind>('sub');
  // Of the moment of its opening: a camera that is turned off meanwhile ends it.
  const [isShared, setShared] = useState(mayBeSeen);
  const [isKnown, setKnown] = useState(false);
  const [tries, setTries] = useState(0);
  return (
    <section aria-label={`Preview of ${camera.name}`} className="mt-2 flex flex-col items-start gap-2 text-base">
      {isShared || isKnown ? (
        <PreviewPicture
          key={`${kind} ${tries}`}
          wish={{ secret, key: ownerKey, cameraId: camera.id, kind, isBeyondSharing: !isShared }}
          name={camera.name}
          onAgain={() => {
            setShared(mayBeSeen);
            setTries(tries + 1);
          }}
        />
      ) : (
        <>
          <p className="m-0">
            Police cannot see this camera now. For the preview its picture leaves the site and passes the agency’s video
            server to you alone, for three minutes at most.
          </p>
          <BigButton onClick={() => setKnown(true)}>Show it to me all the same</BigButton>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        {sizes.map((size) => (
          <BigButton key={size.kind} aria-pressed={size.kind === kind} onClick={() => setKind(size.kind)}>
            {size.label}
            {size.kind === kind ? ' ✓' : ''}
          </BigButton>
        ))}
        <BigButton onClick={onClose}>Close the preview</BigButton>
      </div>
    </section>
  );
}

function PreviewPicture(props: { wish: PreviewWish; name: string; onAgain: () => void }) {
  const { name, onAgain } = props;
  const { secret, key, cameraId, kind, isBeyondSharing } = props.wish;
  const [shown, setShown] = useState<PreviewState>({ state: 'opening' });
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const session = new PreviewSession({ secret, key, cameraId, kind, isBeyondSharing }, setShown);
    // A browser may keep the page as it is and show it again.
    const leave = (): void => {
      session.close();
      setShown({ state: 'ended', words: previewEndWords.pageLeft });
    };
    window.addEventListener('pagehide', leave);
    void session.open();
    return () => {
      window.removeEventListener('pagehide', leave);
      session.close();
    };
  }, [secret, key, cameraId, kind, isBeyondSharing]);
  const track = shown.state === 'flowing' ? shown.track : null;
  useEffect(() => {
    const element = video.current;
    if (element === null || track === null) return undefined;
    element.srcObject = new MediaStream([track]);
    // Muted video may begin by itself everywhere; where it is refused the picture stays black and the words say that it flows.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <>
      {track === null ? null : (
        <video
          ref={video}
          muted
          playsInline
          aria-label={`${name}, as police get it`}
          data-testid="preview"
          className="w-full max-w-160 rounded-md bg-black"
        />
      )}
      <output className="m-0 block empty:hidden">{shown.state === 'opening' ? 'Opening the preview…' : null}</output>
      {shown.state === 'flowing' ? <LeftWords leftMs={shown.leftMs} /> : null}
      {shown.state === 'ended' ? (
        <>
          <p role="alert" className="m-0">
            {shown.words}
          </p>
          <BigButton onClick={onAgain}>Open it again</BigButton>
        </>
      ) : null}
    </>
  );
}

function LeftWords({ leftMs }: { leftMs: number }) {
  const seconds = Math.ceil(useLeftMs(leftMs) / 1_000);
  return (
    <p className="m-0 text-muted">
      This is what police get, and your view of it is written into the log. It ends by itself in{' '}
      <span className="figures">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
      .
    </p>
  );
}

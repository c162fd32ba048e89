import { type ComponentProps, useLayoutEffect, useRef } from 'react';

interface BlobImageProps extends Omit<ComponentProps<'img'>, 'src' | 'alt' | 'ref'> {
  blob: Blob;
  alt: string;
}

/** A picture that has no address of its own: it gets one while it is shown. */
export function BlobImage({ blob, alt, ...others }: BlobImageProps) {
  const image = useRef<HTMLImageElement>(null);
  // Before it is painted: a picture without an address would show its words for a moment.
  useLayoutEffect(() => {
    if (image.current === null) return undefined;
    const address = URL.createObjectURL(blob);
    image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [blob]);
  return <img ref={image} alt={alt} {...others} />;
}

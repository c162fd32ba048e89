const spareAtMost = 8;

/**
 * Video elements that are used again. Browsers limit how many players a page may have, and give one back only when its
 * element is collected; so elements are kept, with `srcObject` null.
 */
export class VideoPool {
  readonly #spare: HTMLVideoElement[] = [];

  take(): HTMLVideoElement {
    const video = this.#spare.pop() ?? document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    video.playsInline = true;
    video.disablePictureInPicture = true;
    video.tabIndex = -1;
    video.setAttribute('aria-hidden', 'true');
    return video;
  }

  give(video: HTMLVideoElement): void {
    video.srcObject = null;
    video.remove();
    if (this.#spare.length < spareAtMost) this.#spare.push(video);
  }
}

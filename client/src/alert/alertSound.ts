const mutedKey = 'commonsight.alertSound';

/** Two tones, three times: heard over talk, and like no other sound of a control room's desk. */
const tonesHz = [880, 660];
const toneSeconds = 0.18;
const repeats = 3;
const loudness = 0.15;

export function isMuted(): boolean {
  return localStorage.getItem(mutedKey) === 'off';
}

export function setMuted(isOff: boolean): void {
  localStorage.setItem(mutedKey, isOff ? 'off' : 'on');
}

/** Sounds once, unless this browser was muted. Where the browser allows no sound yet, nothing is heard. */
export function soundAlert(): void {
  if (isMuted()) return;
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: loudness });
  gain.connect(context.destination);
  const count = tonesHz.length * repeats;
  for (let at = 0; at < count; at += 1) {
    const tone = new OscillatorNode(context, { frequency: tonesHz[at % tonesHz.length] ?? 0 });
    tone.connect(gain);
    tone.start(context.currentTime + at * toneSeconds);
    tone.stop(context.currentTime + (at + 0.8) * toneSeconds);
    if (at === count - 1) tone.addEventListener('ended', () => void context.close());
  }
}

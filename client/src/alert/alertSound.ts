const mutedKey = 'commonsight.alertSound';

/** Two tones, three times: heard over talk, and like no other sound of a control room's desk. */
const tonesHz = [880, 660];
const toneSeconds = 0.18;
const repeats = 3;
const loudness = 0.15;
/** A browser that blocks sound leaves the question open until somebody presses something. */
const resumeTimeoutMs = 1_000;

/** One for this window: browsers give a few and no more. */
let shared: AudioContext | null = null;

/** Where nothing can be kept, alerts sound. */
export function isMuted(): boolean {
  try {
    return localStorage.getItem(mutedKey) === 'off';
  } catch {
    return false;
  }
}

export function setMuted(isOff: boolean): void {
  try {
    localStorage.setItem(mutedKey, isOff ? 'off' : 'on');
  } catch {
    // It holds for this window alone then, where the caller keeps it.
  }
}

/**
 * Sounds once. False when this browser makes no sound now: before anybody has pressed something in the window none is
 * allowed. Never throws, because an alert has to be seen where it cannot be heard.
 */
export async function soundAlert(): Promise<boolean> {
  try {
    shared ??= new AudioContext();
    const context = shared;
    if (context.state !== 'running') {
      const timeout = new Promise((resolve) => setTimeout(resolve, resumeTimeoutMs));
      await Promise.race([context.resume(), timeout]);
    }
    if (context.state !== 'running') return false;
    playTones(context);
    return true;
  } catch {
    return false;
  }
}

function playTones(context: AudioContext): void {
  const gain = new GainNode(context, { gain: loudness });
  gain.connect(context.destination);
  const count = tonesHz.length * repeats;
  for (let at = 0; at < count; at += 1) {
    const tone = new OscillatorNode(context, { frequency: tonesHz[at % tonesHz.length] ?? 0 });
    tone.connect(gain);
    tone.start(context.currentTime + at * toneSeconds);
    tone.stop(context.currentTime + (at + 0.8) * toneSeconds);
    if (at === count - 1) tone.addEventListener('ended', () => gain.disconnect());
  }
}

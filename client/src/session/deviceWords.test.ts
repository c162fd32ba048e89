import { describe, expect, it } from 'vitest';
import { deviceWords } from './deviceWords.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('deviceWords', () => {
  it('names browser and system, whatever else the browser claims to be', () => {
    expect(deviceWords(chrome)).toBe('Chrome on Linux');
    expect(deviceWords(`${chrome} Edg/140.0`)).toBe('Edge on Linux');
    expect(deviceWords('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox on Windows',
    );
    expect(
      deviceWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604'),
    ).toBe('Safari on iPhone');
  });

  it('says that it does not know', () => {
    expect(deviceWords(null)).toBe('Unknown device');
    expect(deviceWords('curl/8')).toBe('Unknown device');
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/** Whether stories take pictures, in full resolution; without, they draw a quarter of the pixels, which takes half the time. */
export const takesPictures = process.env['STORY_PICTURES'] !== undefined;

/** No breach of the accessibility rules, nothing wider than its page and nothing below it; with `STORY_PICTURES`, a picture to look at. */
export async function looksRight(page: Page, name: string): Promise<void> {
  if (takesPictures) {
    await page.screenshot({ path: test.info().outputPath(`${name}-${page.viewportSize()?.width}.png`) });
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const tooWide = await page.evaluate(() => {
    const mains = [...document.querySelectorAll('main')];
    const scrollers = [...document.querySelectorAll('[data-scroller]')];
    const parts = [
      document.documentElement,
      ...scrollers,
      ...mains.flatMap((main) => [main, main.parentElement ?? main]),
    ];
    return parts
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map(({ tagName, className }) => `${tagName} ${className}`);
  });
  expect(tooWide).toEqual([]);
  // What lies outside of what scrolls would lead below the page's end.
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true);
}

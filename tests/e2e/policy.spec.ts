import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { signInAs, trainingCity } from './city.ts';

const policyPage = () => `${trainingCity().url}/policy`;

const activeHash = (page: Page) =>
  page.getByRole('region', { name: 'Reference city' }).getByTestId('policy-hash').textContent();

async function proposedId(page: Page): Promise<string> {
  const answer = await page.request.get(`${trainingCity().url}/api/policy/proposals`);
  const { proposals } = z
    .object({ proposals: z.array(z.object({ id: z.string(), state: z.string() })) })
    .parse(await answer.json());
  return proposals.find(({ state }) => state === 'proposed')?.id ?? '';
}

test('two people change the policy, nobody alone, and everybody sees its hash change', async ({ browser }) => {
  const supervisor = await signInAs(browser, 'supervisor', policyPage());
  const analyst = await signInAs(browser, 'analyst', policyPage());
  const administrator = await signInAs(browser, 'administrator', policyPage());
  const before = await activeHash(analyst);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  await expect(analyst.getByRole('heading', { name: 'Propose a new policy' })).toHaveCount(0);
  const text = await supervisor.getByLabel('Text of the policy').inputValue();

  await test.step('what is no policy is refused with its line, and the draft is kept', async () => {
    await supervisor.getByLabel('Text of the policy').fill(text.replace(/samplePercent: .*/, 'samplePercent: few'));
    await supervisor.getByRole('button', { name: 'Propose' }).click();
    await expect(supervisor.getByRole('alert')).toContainText(/Line \d+: review\.samplePercent must be a number/);
    expect((await new AxeBuilder({ page: supervisor }).analyze()).violations).toEqual([]);
    await supervisor.getByRole('button', { name: /^Go to line/ }).click();
    const chosen = await supervisor
      .getByLabel('Text of the policy')
      .evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
    expect(chosen.trim()).toBe('samplePercent: few');
    await supervisor.reload();
    await expect(supervisor.getByLabel('Text of the policy')).toHaveValue(/samplePercent: few/);
  });

  const changed = text.replace(/samplePercent: .*/, 'samplePercent: 7.5').replace(/idleMinutes: .*/, 'idleMinutes: 29');
  const hash = createHash('sha256').update(changed).digest('hex');

  await test.step('who proposes cannot approve, on the page or by the raw API', async () => {
    await supervisor.getByLabel('Text of the policy').fill(changed);
    await supervisor.getByRole('button', { name: 'Propose' }).click();
    const waiting = supervisor.getByRole('region', { name: 'A new policy waits for a second person' });
    await expect(waiting).toContainText(hash);
    await expect(waiting).toContainText('somebody else approves it');
    await expect(waiting.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    await expect(waiting.getByRole('button', { name: 'Take back' })).toBeVisible();
    const answer = await supervisor.request.post(
      `${trainingCity().url}/api/policy/proposals/${await proposedId(supervisor)}/approve`,
      { headers: { origin: new URL(trainingCity().url).origin } },
    );
    expect(answer.status()).toBe(409);
    expect(await activeHash(analyst)).toBe(before);
  });

  await test.step('the second person reads what changes and what ends, and approves', async () => {
    const waiting = administrator.getByRole('region', { name: 'A new policy waits for a second person' });
    const sample = waiting.locator('[data-difference="review.samplePercent"]');
    await expect(sample).toContainText('7.5 %');
    await expect(waiting).toContainText('Screens that have been idle for more than 29 min lock.');
    expect((await new AxeBuilder({ page: administrator }).analyze()).violations).toEqual([]);
    await waiting.getByRole('button', { name: 'Approve' }).click();
    const dialog = administrator.getByRole('dialog');
    await expect(dialog).toContainText(hash);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(administrator.locator('[data-proposal]').first()).toContainText('Approved by Ade Lindqvist');
  });

  await test.step('the hash is another one on every page that is open, in the file and for the public', async () => {
    for (const page of [administrator, supervisor, analyst]) {
      await expect(page.getByRole('region', { name: 'Reference city' }).getByTestId('policy-hash')).toHaveText(hash);
      await expect(page.getByRole('region', { name: 'Reference city' })).toContainText('Sam Okafor');
    }
    const download = analyst.waitForEvent('download');
    await analyst.getByRole('button', { name: 'Download' }).click();
    const file = await readFile(await (await download).path());
    expect(createHash('sha256').update(file).digest('hex')).toBe(hash);
    const anybody = await browser.newContext();
    const page = await anybody.newPage();
    await page.goto(`${trainingCity().url}/transparency`);
    await expect(page.getByText(`SHA-256 ${hash}`)).toBeVisible();
    await anybody.close();
  });

  await test.step('the log says who did it', async () => {
    await administrator.getByRole('button', { name: /Ade Lindqvist/ }).click();
    await administrator.getByRole('menuitem', { name: 'Audit log' }).click();
    const line = administrator.locator('[data-event-type="policy.changed"]').filter({ hasText: 'done' }).first();
    await expect(line).toContainText('Ade Lindqvist');
    await line.getByRole('button').click();
    await expect(administrator.getByRole('complementary')).toContainText(hash);
  });

  for (const page of [supervisor, analyst, administrator]) await page.context().close();
});

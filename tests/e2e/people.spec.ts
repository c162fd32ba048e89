import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { signInAs, trainingCity } from './city.ts';
import { acceptInvitation, invite, invitedPassword, tryToSignIn } from './invited.ts';

test('an invited person sets a password, and the link works once and is in no address', async ({ browser }) => {
  const administrator = await signInAs(browser, 'administrator', `${trainingCity().url}/people`);
  const email = `invited-${randomUUID()}@training.example`;
  const link = await invite(administrator, 'Noor Haddad', email);
  const token = new URL(link).hash.slice(1);
  expect(token.length).toBeGreaterThan(20);

  const page = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill('password1');
  await page.getByLabel('I have read this and accept it.').check();
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('This password is among the first that are guessed.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByLabel('Password', { exact: true }).fill(invitedPassword);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Go to sign-in' }).click();
  expect(page.url()).not.toContain(token);
  expect(asked.filter((url) => url.includes(token) && !url.includes(`#${token}`))).toEqual([]);

  await tryToSignIn(page, email);
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'connected');

  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  await expect(late.getByText('This invitation cannot be used')).toBeVisible();
  for (const opened of [administrator, page, late]) await opened.context().close();
});

test('SES5 five wrong tries lock an account until an administrator releases it', async ({ browser }) => {
  const administrator = await signInAs(browser, 'administrator', `${trainingCity().url}/people`);
  const email = `locked-${randomUUID()}@training.example`;
  const link = await invite(administrator, 'Lou Locke', email);
  const page = await (await browser.newContext()).newPage();
  await acceptInvitation(page, link);

  const words: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/auth/sign-in/email'));
    // The sixth is the right one, and is answered in the same words.
    await tryToSignIn(page, email, i === 5 ? invitedPassword : 'not the password');
    await answer;
    words.push(await page.getByRole('alert').innerText());
  }
  expect(new Set(words).size).toBe(1);

  await administrator.reload();
  const row = administrator.getByRole('row').filter({ hasText: email });
  await expect(row).toHaveAttribute('data-state', 'locked');
  expect((await new AxeBuilder({ page: administrator }).analyze()).violations).toEqual([]);
  await row.getByRole('button', { name: 'Release: Lou Locke' }).click();
  await administrator.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await expect(row).toHaveAttribute('data-state', 'active');

  await tryToSignIn(page, email);
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'connected');

  await row.getByRole('button', { name: 'Disable: Lou Locke' }).click();
  await administrator.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('This account was switched off.')).toBeVisible();
  for (const opened of [administrator, page]) await opened.context().close();
});

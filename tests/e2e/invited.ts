import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { signInAs, trainingCity } from './city.ts';

export const invitedPassword = 'green lantern morning';

/** Invites somebody on the people page and returns the link that is shown once. */
export async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return link;
}

export async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(invitedPassword);
  await page.getByLabel('I have read this and accept it.').check();
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Go to sign-in' }).click();
}

export async function tryToSignIn(page: Page, email: string, password = invitedPassword): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Somebody of their own for a story that changes an account, at the sign-in page of a window of their own. */
export async function newPerson(browser: Browser, name: string): Promise<{ page: Page; email: string }> {
  const administrator = await signInAs(browser, 'administrator', `${trainingCity().url}/people`);
  const email = `${randomUUID()}@training.example`;
  const link = await invite(administrator, name, email);
  await administrator.context().close();
  const page = await (await browser.newContext()).newPage();
  await acceptInvitation(page, link);
  return { page, email };
}

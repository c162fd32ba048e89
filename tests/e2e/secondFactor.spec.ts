import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { nextTotpStep, totpCode } from '../support/totp.ts';
import { createWall, trainingCity } from './city.ts';
import { invitedPassword, newPerson, tryToSignIn } from './invited.ts';

test('SES6 a person sets up an authenticator app, and signs in with a code once and with a backup code once', async ({
  browser,
}) => {
  const { page, email } = await newPerson(browser, 'Tova Pike');
  const isIn = () => expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  /** The light page, because the wall's map takes seconds to draw. */
  const startAnew = async (): Promise<void> => {
    await page.context().clearCookies();
    await page.goto(`${trainingCity().url}/account`);
    await tryToSignIn(page, email);
  };
  await startAnew();
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(invitedPassword);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  const secret = await dialog.getByTestId('totp-secret').innerText();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByLabel('The app’s code').fill(totpCode(secret, Date.now()));
  const items = dialog.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('button', { name: 'New backup codes' })).toBeVisible();

  await test.step('the next code works, and the second time it does not', async () => {
    await startAnew();
    // From the beginning of its time on, so that it has not run out when it is tried again.
    await nextTotpStep();
    const code = totpCode(secret, Date.now());
    await page.getByLabel('Code').fill(code);
    await isIn();
    await startAnew();
    await page.getByLabel('Code').fill(code);
    await expect(page.getByRole('alert')).toContainText('was used already');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  await test.step('a backup code works, and the second time it does not', async () => {
    const [code = ''] = codes;
    for (const outcome of ['taken', 'refused']) {
      await startAnew();
      await page.getByRole('button', { name: 'Use a backup code' }).click();
      await page.getByLabel('Backup code').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      if (outcome === 'taken') await isIn();
      else await expect(page.getByRole('alert')).toContainText('backup code is wrong');
    }
  });
  await page.context().close();
});

test('a person adds a passkey, signs in and unlocks with it, and ends another session', async ({ browser }) => {
  const { page, email } = await newPerson(browser, 'Pia Keys');
  // A device that holds passkeys and always says yes.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await tryToSignIn(page, email);
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'connected');
  await page.goto(`${trainingCity().url}/account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Desk key');
  await dialog.getByLabel('Your password').fill(invitedPassword);
  await dialog.getByRole('button', { name: 'Add passkey' }).click();
  await expect(page.getByRole('button', { name: 'Remove passkey: Desk key' })).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await page.getByRole('button', { name: 'Unlock with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();

  const other = await (await browser.newContext()).newPage();
  await other.goto(trainingCity().url);
  await tryToSignIn(other, email);
  await expect(other.getByTestId('connection')).toHaveAttribute('data-state', 'connected');
  await page.reload();
  await page.getByRole('button', { name: /^End session/ }).click();
  await expect(other.getByText('You ended this session from another one of yours.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.goto(await createWall(page, 'Nothing to ask a purpose for'));
  await page.getByRole('button', { name: /Pia Keys/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'connected');
  for (const opened of [page, other]) await opened.context().close();
});

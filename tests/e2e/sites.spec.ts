import { expect, test } from '@playwright/test';
import { RelayProcess } from '../media/relay/support/RelayProcess.ts';
import { ApiUser } from '../support/ApiUser.ts';
import { SiteStage } from '../support/site/SiteStage.ts';
import { signInAs, trainingCity, userOf } from './city.ts';
import { looksRight } from './looksRight.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const siteName = 'Market district with a name that is as long as people make them';

// The site, its relay and its cameras are the story's own; the city's stay as they are.
test('an administrator enrols a relay, finds cameras and takes one from a file, tests, saves and confirms them', async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const city = trainingCity();
  const administrator = await ApiUser.signIn(city.url, userOf(city, 'administrator'));
  const site = await SiteStage.open({ administrator, siteName, cameraCount: 3, discoverable: 2, scenes: 1 });
  const page = await signInAs(browser, 'administrator', `${city.url}/sites`);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  const lines = page.getByTestId('line');

  try {
    await test.step('a code enrols the relay, as words and as a QR code', async () => {
      await page.getByRole('button', { name: new RegExp(siteName) }).click();
      await page.getByRole('button', { name: 'Make a code' }).click();
      await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
      await looksRight(page, 'code');
      await site.enrol((await page.getByTestId('code').textContent()) ?? '', { RELAY_CAMERA_CHECK_SECONDS: '2' });
      await expect(page.getByText(/^Online, enrolled/)).toBeVisible();
    });

    await test.step('the relay’s key is compared once', async () => {
      await page.getByRole('button', { name: 'Add cameras' }).click();
      const shown = (await page.getByTestId('fingerprint').textContent()) ?? '';
      const { output } = await RelayProcess.run(['camera', 'fingerprint', '--folder', site.folder]);
      expect(output).toContain(shown);
      await looksRight(page, 'key');
      await page.getByRole('button', { name: 'The relay prints the same' }).click();
      await page.reload();
      await page.getByRole('button', { name: new RegExp(siteName) }).click();
      await page.getByRole('button', { name: 'Add cameras' }).click();
      await expect(page.getByText('No new camera yet')).toBeVisible();
    });

    await test.step('cameras of the relay’s network are found, and take one sign-in for all', async () => {
      await page.getByRole('button', { name: 'Find on the network' }).click();
      await page.getByRole('button', { name: 'Look for cameras' }).click();
      const onNetwork = page.getByRole('region', { name: 'Cameras on the relay’s network' });
      await expect(onNetwork.getByRole('listitem')).toHaveCount(2);
      await expect(onNetwork).toContainText('Stall 2');
      // Where it is stays at the relay.
      await expect(onNetwork).not.toContainText('127.0.0.1');
      for (const size of sizes) {
        await page.setViewportSize(size);
        await looksRight(page, 'found');
      }
      await page.getByRole('button', { name: 'Add all 2' }).click();
      await expect(onNetwork.getByText('On the list')).toHaveCount(2);
      await expect(lines).toHaveCount(2);
      await page.getByLabel('User of all').fill(site.user);
      await page.getByLabel('Password of all').fill(site.password);
      await page.getByRole('button', { name: 'Set for the 2 shown' }).click();
      await expect(page.getByText('2 to test')).toBeVisible();
    });

    await test.step('what is wrong with a file is said beside its fields', async () => {
      await page.getByRole('button', { name: 'From a file' }).click();
      await page.getByLabel('Or paste lines').fill('host\n10.0.0.7');
      await page.getByRole('button', { name: 'Read lines' }).click();
      await expect(page.getByRole('alert')).toContainText('Missing: name');
      const csv = [site.csv(), site.line('=1+1', 9), site.line('Stall 5', 1, 'wrong')].join('\r\n');
      await page
        .getByLabel('CSV file')
        .setInputFiles({ name: 'cameras.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await expect(lines).toHaveCount(5);
      await expect(lines.nth(3)).toHaveAttribute('data-state', 'wrong');
      await expect(lines.nth(3).getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/cannot begin with =/);
      await expect(lines.nth(4)).toContainText('has this address with these streams too');
      await looksRight(page, 'wrong');
      await lines.nth(3).getByLabel('Name', { exact: true }).fill('Nobody');
      // The same camera by its large stream alone, with a wrong password.
      await lines.nth(4).getByLabel('Path of the second stream').fill('');
      await expect(page.getByText('5 to test')).toBeVisible();
    });

    await test.step('tests are cancelled and made, and what fails says why', async () => {
      await page.getByRole('button', { name: 'Test all (5)' }).click();
      await expect(page.getByRole('progressbar', { name: 'Tests' })).toBeVisible();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('button', { name: /^Test all \([1-5]\)/ })).toBeVisible();
      // A camera that makes its clip at the first pull may answer too late then: it is tested again.
      await expect(async () => {
        await page.getByRole('button', { name: /^Test all/ }).click();
        await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 200_000 });
        await expect(page.getByTestId('counts')).toContainText('3 passed', { timeout: 1_000 });
      }).toPass({ timeout: 600_000 });
      await expect(lines.nth(3)).toHaveAttribute('data-state', 'failed');
      await expect(lines.nth(3)).toContainText('no stream at this path');
      await expect(lines.nth(4)).toContainText(/password/);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await looksRight(page, 'tested');
      }
    });

    await test.step('those that passed are saved, and no other line is lost', async () => {
      await page.getByRole('button', { name: 'Save 3 that passed' }).click();
      await expect(page.getByTestId('counts')).toContainText('3 saved');
      await page.getByRole('button', { name: 'Take saved away' }).click();
      await expect(lines).toHaveCount(2);
      await expect(lines.first()).toContainText('Nobody');
    });

    await test.step('nobody sees them before the agency and the owner have confirmed them', async () => {
      await page.getByRole('button', { name: 'Cameras', exact: true }).click();
      await expect(page.getByText('3 cameras wait for your confirmation')).toBeVisible();
      const row = page.locator('[data-condition]', { hasText: 'Stall 1' });
      await expect(async () => {
        await page.getByRole('button', { name: 'Read again' }).click();
        await expect(row).toContainText('your confirmation and its owner’s confirmation', { timeout: 2_000 });
      }).toPass();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await looksRight(page, 'health');
      }
      // Nothing is chosen before somebody has looked; each has a place that can be corrected.
      await expect(page.getByRole('button', { name: 'Confirm the chosen (0)' })).toBeDisabled();
      await page.getByRole('button', { name: 'Place Stall 1' }).click();
      const place = page.locator('form', { has: page.getByLabel('How far it sees (metres)') });
      await place.getByLabel('How far it sees (metres)').fill('45');
      await looksRight(page, 'place');
      await place.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText(/45 m far/)).toBeVisible();
      await page.getByLabel('Choose all 3').check();
      await page.getByRole('button', { name: 'Confirm the chosen (3)' }).click();
      await expect(page.getByText('wait for your confirmation')).toHaveCount(0);
      await expect(row).toContainText('Waits for its owner’s confirmation.');
      const confirm = ['camera', 'confirm', '--folder', site.folder];
      expect((await RelayProcess.run(confirm)).output).toContain('/cam1/main');
      expect((await RelayProcess.run([...confirm, '--all'], {}, 'yes\n')).output).toContain('3 confirmed.');
      await expect(async () => {
        await page.getByRole('button', { name: 'Read again' }).click();
        await expect(row).toContainText('Answers. Nobody is watching.', { timeout: 2_000 });
      }).toPass();
    });

    await test.step('cameras are searched and filtered, and problems say what to do', async () => {
      await page.getByLabel('Find a camera').fill('stall 2');
      await expect(page.getByText('1 of 3 cameras')).toBeVisible();
      await page.getByLabel('Find a camera').fill('');
      await site.simulator.camera('cam3').setFaults('h265Only');
      await expect(async () => {
        await page.getByRole('button', { name: 'Read again' }).click();
        await expect(page.getByText('Switch the stream to H.264 in the camera.')).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await page.getByRole('button', { name: 'Show 1: Sends H.265' }).click();
      await expect(page.getByText('1 of 3 cameras')).toBeVisible();
      await expect(page.locator('[data-condition="problem"]')).toContainText('Stall 3');
    });

    await test.step('the line upwards is noted and compared', async () => {
      const field = page.getByLabel('The line carries upwards');
      await field.fill('fast');
      await expect(field).toHaveAccessibleDescription(/Write 0.064/);
      await field.fill('0.2');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText(/large pictures fit at once/)).toBeVisible();
      for (const size of sizes) {
        await page.setViewportSize(size);
        await looksRight(page, 'problems');
      }
    });

    await test.step('a relay is revoked before another one is enrolled', async () => {
      await page.getByRole('button', { name: 'Relay', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Enrol a relay' })).toHaveCount(0);
      await page.getByRole('button', { name: 'Revoke Market' }).press('Enter');
      for (const size of sizes) {
        await page.setViewportSize(size);
        await looksRight(page, 'revoke');
      }
      await page.getByRole('button', { name: 'Revoke the relay' }).press('Enter');
      await expect(page.getByRole('heading', { name: 'Enrol a relay' })).toBeVisible();
      await page.getByRole('button', { name: 'Make a code' }).click();
      await expect(page.getByTestId('code')).toBeVisible();
    });

    for (const request of sent) expect(request).not.toContain(site.password.slice(0, 7));
    expect(sent.some((request) => request.includes('camera-tests'))).toBe(true);
  } finally {
    await page.context().close();
    await site.close();
  }
});

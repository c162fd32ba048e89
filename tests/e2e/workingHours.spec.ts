import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { signInAs, trainingCity } from './city.ts';

test('a supervisor sets a night shift by keys, never the own one, and takes it away again', async ({ browser }) => {
  const supervisor = await signInAs(browser, 'supervisor', `${trainingCity().url}/working-hours`);
  const rowOf = (name: string) => supervisor.getByRole('row').filter({ hasText: name });
  await expect(rowOf('Sam Okafor')).toContainText('Somebody else sets yours');
  await expect(rowOf('Sam Okafor').getByRole('button')).toHaveCount(0);
  await expect(rowOf('Kim Lo')).toContainText('never flagged');

  await rowOf('Kim Lo').getByRole('button').press('Enter');
  const dialog = supervisor.getByRole('dialog');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday']) await dialog.getByLabel(day).press('Space');
  for (const day of ['Saturday', 'Sunday']) await dialog.getByLabel(day).press('Space');
  await dialog.getByLabel('From').fill('22:00');
  await dialog.getByLabel('To', { exact: true }).fill('06:00');
  await dialog.getByLabel('Time zone').fill('America/Chicago');
  await expect(dialog.getByRole('status')).toHaveText('Fri to Sun, 22:00 to 06:00 on the next day, 8 h');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(rowOf('Kim Lo')).toContainText('Fri to Sun, 22:00 to 06:00 on the next day');
  await expect(rowOf('Kim Lo')).toContainText('America/Chicago');
  expect((await new AxeBuilder({ page: supervisor }).exclude('[data-sonner-toaster]').analyze()).violations).toEqual(
    [],
  );

  // Other stories look at flags: nobody shall have hours that these do not expect.
  await rowOf('Kim Lo').getByRole('button').click();
  await dialog.getByRole('button', { name: 'Take the hours away' }).click();
  await expect(rowOf('Kim Lo')).toContainText('never flagged');
  await supervisor.context().close();
});

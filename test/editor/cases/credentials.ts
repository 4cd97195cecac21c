import type { Page } from 'playwright-core';
import type { Stage } from '../support/stage';

interface Expected {
	type: string;
	name: string;
	/** The field that takes the address. */
	field: string;
	/** The sandbox's own, which works. */
	account: string;
}

const artificer: Expected = {
	type: 'Artificer API',
	name: 'artificer',
	field: 'address',
	account: 'Artificer account',
};
const fableForge: Expected = {
	type: 'FableForge API',
	name: 'fableforge',
	field: 'baseUrl',
	account: 'FableForge account',
};

/** Opens the dialog for a new credential. */
async function openNew(page: Page, { type, field }: Expected): Promise<void> {
	await page.goto('/home/credentials/create');
	const select = page.getByTestId('new-credential-type-select');
	await select.locator('input').fill(type);
	await page.getByTestId('new-credential-type-select-option').getByText(type).click();
	await page.getByTestId('new-credential-type-button').click();
	await page.getByTestId(`parameter-input-${field}`).waitFor();
}

/** Fills the address in and saves, on which n8n tests the credential. */
async function save(page: Page, field: string, address: string): Promise<void> {
	await page.getByTestId(`parameter-input-${field}`).locator('input').fill(address);
	await page.getByTestId('credential-save-button').click();
}

/** What the dialog says about the test that has failed, once its details are unfolded. */
async function complaint(page: Page): Promise<string> {
	const dialog = page.getByTestId('node-credentials-config-container');
	await dialog.getByText('More details').click();
	await dialog.getByText('More details').waitFor({ state: 'hidden' });
	return (await dialog.innerText()).replace(/\s+/g, ' ');
}

/** Both credentials as somebody fills them in. */
export function describeCredentials(stage: () => Stage): void {
	// Broken by a credential test that n8n doesn't find, and by a field that is renamed.
	it.each([artificer, fableForge])('tests $type green', async (credential) => {
		await stage().inEditor(`credential-${credential.name}-green`, async ({ page }) => {
			await openNew(page, credential);
			await save(
				page,
				credential.field,
				await stage().addressOf(credential.account, credential.field),
			);
			await page.getByTestId('credentials-config-container-test-success').waitFor();
		});
	});

	// Broken by the network's own words, which help nobody.
	it.each([
		{
			...artificer,
			dead: '127.0.0.1:9',
			says: "Artificer can't be reached at 127.0.0.1:9. Check that the server is running",
		},
		{
			...fableForge,
			dead: 'http://127.0.0.1:9',
			says: "FableForge at http://127.0.0.1:9 can't be reached. Check that the service",
		},
	])('says what to check where no $type is there', async ({ dead, says, ...credential }) => {
		await stage().inEditor(`credential-${credential.name}-dead`, async ({ page }) => {
			await openNew(page, credential);
			await save(page, credential.field, dead);
			expect(await complaint(page)).toContain(says);
		});
	});
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Stage } from '../support/stage';

const samples = path.resolve(__dirname, '../../../sandbox/samples');

/** Uploads the sample in the published form, and waits for the page that shows the result. */
export async function uploadGuide(page: Page): Promise<void> {
	await page.goto('/form/fab14034-18a0-5c60-8100-990519d49dba');
	await page.locator('input[type="file"]').setInputFiles(path.join(samples, 'guide.pdf'));
	await page.locator('#submit-btn').click();
	await page.locator('.document-content').waitFor();
}

/** A form that anybody can fill in. */
export function describeForm(stage: () => Stage): void {
	// Broken by a form without its field, a page without the styles, and text out of order.
	it('takes a PDF and shows its HTML, in order and with styles', async () => {
		await stage().publish('pdf-to-html');
		const texts = (await readFile(path.join(samples, 'guide.txt'), 'utf8')).trim().split('\n');
		await stage().asVisitor('form-result', async (page) => {
			await page.goto('/form/fab14034-18a0-5c60-8100-990519d49dba');
			await page.getByText('PDF to HTML').first().waitFor();
			await stage().picture(page, 'form-empty');
			await uploadGuide(page);
			const shown = (await page.locator('body').innerText()).replace(/\s+/g, '');
			let from = 0;
			for (const text of texts) {
				const found = shown.indexOf(text.replace(/\s+/g, ''), from);
				expect({ text, found: found >= 0 }).toEqual({ text, found: true });
				from = found + 1;
			}
			const content = page.locator('.document-content');
			expect(await content.evaluate((element) => getComputedStyle(element).maxWidth)).not.toBe(
				'none',
			);
		});
	});
}

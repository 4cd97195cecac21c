import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { itemsOf } from '../../executor/support/workflows';
import { accessibilityProblems } from '../support/accessibility';
import type { Stage } from '../support/stage';
import { uploadGuide } from './form';

/** What a screen reader has first of a page. */
async function outline(page: Page) {
	return await page.evaluate(() => ({
		language: document.documentElement.lang,
		title: document.title,
		firstHeadings: document.querySelectorAll('h1').length,
	}));
}

/** Language, headings and contrast of the pages that come from us. */
export function describeAccessibility(stage: () => Stage): void {
	// Broken by a page without a language or a title, and by colours that are too close.
	it('is an HTML export that everybody can read', async () => {
		const id = 'hello-artificer';
		const { executionId } = await stage().request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ triggerToStartFrom: { name: 'Run by Hand' } },
		);
		const [{ json }] = itemsOf(await stage().ended(executionId), 'Export HTML');
		const folder = await mkdtemp(path.join(tmpdir(), 'html-export-'));
		try {
			const file = path.join(folder, 'export.html');
			await writeFile(file, String(json.html));
			await stage().asVisitor('accessible-export', async (page) => {
				await page.goto(`file://${file}`);
				expect(await outline(page)).toMatchObject({
					language: expect.stringMatching(/^[a-z]{2}/),
					title: expect.stringMatching(/\S/),
				});
				expect(await accessibilityProblems(page)).toEqual([]);
			});
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	// Broken by what the HTML export's test is broken by, as it comes through n8n's form.
	it('is a page at the end of a form that everybody can read', async () => {
		await stage().publish('pdf-to-html');
		await stage().asVisitor('accessible-form-result', async (page) => {
			await uploadGuide(page);
			expect(await outline(page)).toMatchObject({
				language: expect.stringMatching(/^[a-z]{2}/),
				title: expect.stringMatching(/\S/),
			});
			expect(await accessibilityProblems(page)).toEqual([]);
		});
	});

	// Broken by a page without a language or a title, and by a file name that is taken for HTML.
	it('is a page with the text of pictures that everybody can read', async () => {
		await stage().publish('image-ocr');
		await stage().asVisitor('accessible-image-text', async (page) => {
			await page.goto('/form/db3b21c2-c883-5d6e-aa4a-765bd3e442fe');
			await page.getByText('Image OCR').first().waitFor();
			// The form itself is a picture with text in it.
			const picture = { mimeType: 'image/png', buffer: await page.screenshot() };
			await page
				.locator('input[type="file"]')
				.setInputFiles([{ ...picture, name: '<b>form<b>.png' }]);
			await page.locator('#submit-btn').click();
			await page.getByRole('heading', { name: '1 of 1 picture read' }).waitFor();
			await page.getByRole('heading', { name: '<b>form<b>.png' }).waitFor();
			expect(await page.locator('pre').innerText()).toContain('Image OCR');
			expect(await outline(page)).toMatchObject({ language: 'en', title: 'Image OCR' });
			expect(await accessibilityProblems(page)).toEqual([]);
		});
	});

	// Broken by a page without a language, a title of its own or a heading.
	it("is FableForge's page about its interface", async () => {
		const address = await stage().addressOf('FableForge account', 'baseUrl');
		await stage().asVisitor('accessible-openapi', async (page) => {
			await page.goto(`${address}/docs`);
			await page
				.getByRole('heading', { name: /FableForge/ })
				.first()
				.waitFor();
			expect(await outline(page)).toMatchObject({
				language: 'en',
				title: expect.stringContaining('FableForge'),
			});
			expect(await accessibilityProblems(page)).toEqual([]);
		});
	});
}

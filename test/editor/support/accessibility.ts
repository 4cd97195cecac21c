import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** The rules' own file for pages, which leaves `ace` behind. */
const engine = require.resolve('accessibility-checker-engine/ace.js');

/** What is read of the engine's report. */
interface Report {
	results: Array<{
		ruleId: string;
		/** How grave the rule is, and how it ended. */
		value: [string, string];
		path: { dom: string };
		message: string;
		snippet: string;
	}>;
}

/**
 * What breaks WCAG 2.2 (A and AA) on a page for certain; what only a person can judge isn't told.
 *
 * @returns a line for each: the rule, what is wrong, and the element
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
	// A page may forbid scripts that aren't its own; what a debugger runs is none of the page's.
	await page.evaluate(await readFile(engine, 'utf8'));
	const { results } = await page.evaluate<Report>(
		'new ace.Checker().check(document, ["WCAG_2_2"])',
	);
	return results
		.filter(({ value: [gravity, outcome] }) => gravity === 'VIOLATION' && outcome === 'FAIL')
		.map(({ ruleId, message, path, snippet }) => `${ruleId}: ${message} ${path.dom} ${snippet}`);
}

// @ts-check
import { translateText, turnPdfIntoHtml } from './demo.mjs';
import { SandboxFailure } from './failures.mjs';
import { goOn } from './interruption.mjs';
import { N8nApiFailure } from './n8n-api.mjs';
import { whileRunning } from './services.mjs';
import { duration } from './terminal.mjs';

/**
 * Runs the two templates, shows what came of them, and says whether both gave the right result.
 *
 * @param {import('./bring-up.mjs').Sandbox} sandbox
 * @param {import('./steps.mjs').Steps} steps
 * @returns {Promise<boolean>}
 */
export async function demonstrate({ api, outputFolder, processes }, steps) {
	steps.say('');
	const converted = await attempt(steps, 'Template «PDF to HTML»', () =>
		whileRunning(processes, convert()),
	);
	const translated = await attempt(steps, 'Template «Translation Pipeline»', () =>
		whileRunning(processes, translate()),
	);
	return converted && translated;

	async function convert() {
		const { file, ms, pages } = await turnPdfIntoHtml(api, outputFolder);
		return {
			note: `right, ran for ${duration(ms)}`,
			lines: [`HTML of ${pages ?? '?'} pages: ${file}`],
		};
	}

	async function translate() {
		const { result, ms } = await translateText(api);
		return { note: `right, ran for ${duration(ms)}`, lines: summaryOf(result) };
	}
}

/**
 * A template that fails doesn't keep the other from running; a run that was ended does.
 *
 * @param {import('./steps.mjs').Steps} steps
 * @param {string} title
 * @param {() => Promise<{ note: string, lines: string[] }>} work
 * @returns {Promise<boolean>} whether it gave the right result
 */
async function attempt(steps, title, work) {
	try {
		const { lines } = await steps.run(title, work);
		for (const line of lines) steps.say(`    ${line}`);
		return true;
	} catch (error) {
		goOn();
		if (!(error instanceof SandboxFailure || error instanceof N8nApiFailure)) throw error;
		steps.say(`    ${error.message}`);
		return false;
	}
}

/**
 * @param {Record<string, any>} result
 * @returns {string[]}
 */
function summaryOf({ final_translation: final, metadata, failures = [] }) {
	const {
		specialists_attempted: attempted,
		specialists_succeeded: succeeded,
		specialists_failed: failed,
	} = metadata;
	const lines = [
		`Specialists: ${attempted} attempted, ${succeeded} succeeded, ${failed} failed`,
		`Selected by: ${metadata.selection_strategy}`,
		`Final text:  ${final.refined_text}`,
	];
	for (const { specialist, error } of failures) {
		lines.push(
			`Failed:      ${specialist} (${typeof error === 'string' ? error : JSON.stringify(error)})`,
		);
	}
	return lines;
}

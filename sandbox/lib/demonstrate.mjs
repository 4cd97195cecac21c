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
	const converted = await attempt(steps, () =>
		steps.run('Template «PDF to HTML»', () => whileRunning(processes, convert())),
	);
	const translated = await attempt(steps, () =>
		steps.run('Template «Translation Pipeline»', () => whileRunning(processes, translate())),
	);
	for (const lines of [converted, translated]) {
		for (const line of lines ?? []) steps.say(`    ${line}`);
	}
	return converted !== undefined && translated !== undefined;

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
 * @param {() => Promise<{ lines: string[] }>} work
 * @returns {Promise<string[] | undefined>}
 */
async function attempt(steps, work) {
	try {
		return (await work()).lines;
	} catch (error) {
		goOn();
		if (!(error instanceof SandboxFailure || error instanceof N8nApiFailure)) throw error;
		steps.say(`    ${error.message}`);
		return undefined;
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

// @ts-check
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkout, samplesFolder } from '../../sandbox/lib/checkout.mjs';
import { credentialData, servicesOf } from '../../sandbox/lib/credentials.mjs';
import { SandboxFailure } from '../../sandbox/lib/failures.mjs';
import {
	reasonOf,
	resultWith,
	showsInOrder,
	wrongInTranslation,
} from '../../sandbox/lib/results.mjs';
import { readTemplates, withCredentials } from '../../sandbox/lib/templates.mjs';
import {
	importAll,
	printedRun,
	runCommand,
	temporaryN8n,
} from '../executor/support/temporaryN8n.mjs';
import { callerOf } from './caller.mjs';

const run = promisify(execFile);

/**
 * @typedef {object} Attempt what was seen of one n8n
 * @property {string} version n8n's
 * @property {string} node the version of the Node that ran it
 * @property {{ template: string, wrong: string | undefined }[]} results
 */

/**
 * Runs both main templates in one n8n, by its own command and in a user folder of their own.
 *
 * @param {object} options
 * @param {string} options.version
 * @param {string} options.pin folder of its pin
 * @param {{ artificer: string, fableForge: string }} options.services addresses
 * @param {import('../../sandbox/lib/steps.mjs').Steps} options.steps
 * @returns {Promise<Attempt>}
 */
export async function attempt({ version, pin, services, steps }) {
	// The tests' n8n is told to do without a module that n8n 1 has not heard of, and then ends.
	/** @type {Record<string, string>} */
	const settings = version.startsWith('1.') ? { N8N_DISABLED_MODULES: '' } : {};
	const n8n = await temporaryN8n(settings, pin);
	try {
		const node = (await run(n8n.node, ['--version'])).stdout.trim();
		const chosen = servicesOf({ ...services, env: {} });
		await importAll(
			n8n,
			'credentials',
			chosen.map((service) => ({
				id: service.type,
				name: service.name,
				type: service.type,
				data: credentialData(service),
			})),
		);
		const credentials = Object.fromEntries(
			chosen.map(({ type, name }) => [type, { id: type, name }]),
		);
		const shipped = await readTemplates(path.join(checkout, 'workflows-templates'));
		const filled = shipped.map((template) => withCredentials(template, credentials));
		const named = (/** @type {string} */ id) => {
			const found = filled.find((template) => template.id === id);
			if (!found) throw new SandboxFailure(`There is no template ${id} any more.`);
			return found;
		};
		await importAll(n8n, 'workflow', [
			{ active: false, ...named('translation-pipeline') },
			callerOf(named('pdf-to-html'), path.join(samplesFolder, 'guide.pdf')),
		]);

		const results = [];
		for (const { template, workflow, check } of [
			{ template: 'translation-pipeline', workflow: 'translation-pipeline', check: translated },
			{ template: 'pdf-to-html', workflow: 'call-pdf-to-html', check: converted },
		]) {
			const wrong = await steps.run(`n8n ${version}, Node ${node}: ${template}`, async () => {
				const reason = await wrongIn(n8n, workflow, check);
				return { note: reason ?? 'right' };
			});
			results.push({ template, wrong: wrong.note === 'right' ? undefined : wrong.note });
		}
		return { version, node, results };
	} finally {
		await n8n.remove();
	}
}

/**
 * @param {import('../executor/support/temporaryN8n.mjs').TemporaryN8n} n8n
 * @param {string} workflow id
 * @param {(run: any) => Promise<string | undefined>} check
 * @returns {Promise<string | undefined>} what is wrong
 */
async function wrongIn(n8n, workflow, check) {
	const { output, log } = await runCommand(n8n, ['execute', `--id=${workflow}`, '--rawOutput']);
	/** @type {any} */
	const finished = printedRun(output) ?? printedRun(log);
	if (!finished) return `n8n printed no run: ${log.trim().split('\n').at(-1)}`;
	if (finished.data.resultData.error) return reasonOf(finished.data);
	return await check(finished.data);
}

/** @param {any} data */
async function translated(data) {
	const item = resultWith(data, 'final_translation');
	if (!item) return 'it gave no final_translation';
	return wrongInTranslation(item.json, { language: 'kor', specialists: 5, quorum: 3 });
}

/** @param {any} data */
async function converted(data) {
	const html = resultWith(data, 'html')?.json.html;
	if (typeof html !== 'string') return 'it gave no html';
	const guide = await readFile(path.join(samplesFolder, 'guide.txt'), 'utf8');
	const { missing } = showsInOrder(html, guide.trim().split('\n'));
	return missing ? `«${missing}» isn't where it belongs` : undefined;
}

// @ts-check
import path from 'node:path';
import { endOnSignals } from '../../sandbox/lib/interruption.mjs';
import { runMain } from '../../sandbox/lib/run-main.mjs';
import { readTemplates } from '../../sandbox/lib/templates.mjs';
import { temporarySandbox } from '../../sandbox/lib/temporary.mjs';
import { translateText, turnPdfIntoHtml } from '../../sandbox/lib/demo.mjs';
import { startBrowser } from '../../test/editor/support/browser.ts';
import { Editor, logIn } from '../../test/editor/support/editor.ts';
import {
	picturesOfLists,
	picturesOfNodes,
	picturesOfRuns,
	picturesOfTemplates,
} from './scenes.mjs';

/**
 * `npm run pictures`: makes the pictures of README and docs anew, from a sandbox that it brings up
 * and ends. Needs Chromium or Chrome.
 */
const folder = import.meta.dirname;
const checkout = path.resolve(folder, '../..');

endOnSignals();
await runMain(async () => {
	const templates = await readTemplates(path.join(checkout, 'workflows-templates'));
	const sandbox = await temporarySandbox();
	const browser = await startBrowser();
	try {
		await translateText(sandbox.api);
		await translateText(sandbox.api);
		await turnPdfIntoHtml(sandbox.api, sandbox.outputFolder);
		const editor = await Editor.open(
			await logIn(browser, sandbox.address, sandbox.login, { scale: 1.5 }),
		);
		await picturesOfTemplates(editor, templates);
		await picturesOfNodes(editor);
		await picturesOfRuns(editor);
		await picturesOfLists(editor);
		console.log(`The pictures are in ${folder}.`);
		return 0;
	} finally {
		await browser.close();
		await sandbox.close();
	}
});

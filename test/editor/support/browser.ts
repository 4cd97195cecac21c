import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';

/** What Chromium and Chrome are called where packages put them. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
/** Where macOS keeps them. */
const applications = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What to tell somebody who has no browser for what needs one. */
export const howToGetOne =
	'install Chromium or Chrome (Debian: apt-get install chromium), or name its program in CHROMIUM';

/**
 * The program of the machine's Chromium or Chrome; undefined where there is none.
 *
 * @param env the environment variable `CHROMIUM`, where it is set, is the only place that is looked at
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
	if (env.CHROMIUM) return [env.CHROMIUM].find(isProgram);
	const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
	const onPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
	return [...onPath, ...applications].find(isProgram);
}

/** Starts the machine's browser without a window; fails with a sentence where there is none. */
export async function startBrowser(): Promise<Browser> {
	const executablePath = findBrowser();
	if (!executablePath) {
		throw new Error(`There is no Chromium or Chrome: ${howToGetOne}.`);
	}
	// What n8n's editor marks its parts with.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath,
		// Chromium's own sandbox needs rights that containers seldom give; only local pages are opened.
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
	});
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkout, node24 } from '../deploy/files';

const run = promisify(execFile);

// Broken by a page, picture or heading that was renamed or isn't there.
test('every link and picture of the pages leads somewhere', async () => {
	const checker = path.join(__dirname, 'checkLinks.mjs');
	const { stdout } = await run(node24, [checker, checkout], { cwd: checkout });
	const { checked, wrong } = JSON.parse(stdout) as { checked: number; wrong: string[] };
	expect(checked).toBeGreaterThan(80);
	expect(wrong).toEqual([]);
});

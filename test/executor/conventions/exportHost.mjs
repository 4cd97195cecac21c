// @ts-check
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { endAll } from '../../../sandbox/lib/processes.mjs';
import { serve } from '../support/ipc.mjs';
import { runCommand, temporaryN8n } from '../support/temporaryN8n.mjs';

/** @type {import('../support/temporaryN8n.mjs').TemporaryN8n | undefined} */
let n8n;

serve(
	{
		/**
		 * What n8n itself makes of the packed package's nodes: descriptions, codex, icons, clones for
		 * agents.
		 *
		 * @param {string} packageName
		 */
		async nodesOf(packageName) {
			n8n = await temporaryN8n();
			const file = path.join(n8n.folder, 'nodes.json');
			const { code, output, log } = await runCommand(n8n, ['export:nodes', `--output=${file}`]);
			if (!/Successfully exported \d+ node types/.test(output + log)) {
				throw new Error(`n8n export:nodes ended with ${code}:\n${output}\n${log}`);
			}
			/** @type {{ name: string }[]} */
			const all = JSON.parse(await readFile(file, 'utf8'));
			const folder = path.join(n8n.folder, '.n8n', 'nodes', 'node_modules', packageName);
			return await Promise.all(
				all
					.filter(({ name }) => name.startsWith(`${packageName}.`))
					.map(async (node) => ({ ...node, icons: await iconsOf(node, packageName, folder) })),
			);
		},
	},
	async () => {
		await endAll();
		await n8n?.remove();
	},
);

/**
 * The icons that the description names, as the files' contents.
 *
 * @param {any} node
 * @param {string} packageName
 * @param {string} folder of the installed package
 */
async function iconsOf({ iconUrl }, packageName, folder) {
	const urls = typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl ?? {});
	return await Promise.all(
		urls.map(async (url) =>
			readFile(path.join(folder, url.replace(`icons/${packageName}/`, '')), 'utf8'),
		),
	);
}

// @ts-check
import { health } from './artificer/health.mjs';
import { markdown } from './artificer/markdown.mjs';
import { ocr } from './artificer/ocr.mjs';
import { pageStream } from './artificer/pageStream.mjs';
import { programVersions } from './artificer/programs.mjs';
import { rendering } from './artificer/rendering.mjs';
import { text } from './artificer/text.mjs';
import { tokens } from './artificer/tokens.mjs';
import { withServers } from './artificer/servers.mjs';

/**
 * What the Artificer server's engines do by themselves, through the server with one worker and with
 * two, and beside the programs that people use for the same.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const parts = [];
	for (const part of [text, rendering, health, pageStream, ocr, tokens, markdown]) {
		parts.push(await withServers(part));
	}
	return {
		title: 'The Artificer server',
		intro:
			'Each engine called as a function in this process («bare»), through the server on loopback with one worker and with two, and beside programs made for the same where they are installed. All contestants of a table ran in turn, after rounds that only warmed them up.',
		tables: parts.flatMap(({ tables }) => tables),
		goals: parts.flatMap(({ goals }) => goals),
		versions: await programVersions(),
	};
}

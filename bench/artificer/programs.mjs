// @ts-check
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a program until it has ended.
 *
 * @param {string} program
 * @param {string[]} args
 */
export async function runProgram(program, args) {
	return await run(program, args, { maxBuffer: 1 << 30 });
}

/**
 * Which of the programs that stand beside the server are installed, with their versions.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function programVersions() {
	const asked = { pdftotext: ['-v'], tesseract: ['--version'] };
	/** @type {Record<string, string>} */
	const found = {};
	for (const [program, args] of Object.entries(asked)) {
		const said = await runProgram(program, args).catch(() => undefined);
		const version = /\d+(\.\d+)+/.exec(`${said?.stdout}${said?.stderr}`)?.[0];
		if (version) found[program] = version;
	}
	return found;
}

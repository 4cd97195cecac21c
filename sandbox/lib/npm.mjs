// @ts-check
import { readFile } from 'node:fs/promises';
import { Interrupted, SandboxFailure } from './failures.mjs';
import { goOn, interrupted } from './interruption.mjs';
import { startProcess } from './processes.mjs';

/** How much of npm's output is looked through for what went wrong, in characters. */
const searched = 20_000;

/**
 * What npm hands to the scripts that it starts and what would mislead an npm that is started in
 * turn: where it believes to be, and flags that were meant for the first one alone.
 */
const misleading =
	/^(npm_(package|lifecycle|command)|npm_config_(local_prefix|workspaces?|include_workspace_root|global|location|dry_run|ignore_scripts|omit|include|production|only|package_lock|package_lock_only|prefix)|INIT_CWD$|NODE_ENV$)/i;

/** What npm, the compiler and the network say, and what it means for the user. */
const explanations = [
	{
		pattern: /ENOSPC|EDQUOT|No space left on device|not enough space/i,
		sentence: 'No space is left on the disk: free some and start again.',
	},
	{
		pattern: /\b(EACCES|EPERM|EROFS)\b/,
		sentence:
			"A folder can't be written to: give this user the right to write in the folder that the log names.",
	},
	{
		pattern:
			/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT)\b|network (request|timeout|connectivity)|fetch failed/i,
		sentence:
			"The npm registry can't be reached: check the network connection (and proxy, where there is one), then start again; what was downloaded already is kept.",
	},
	{
		pattern:
			/\b(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT)\b/,
		sentence:
			"The npm registry's certificate isn't trusted: set npm's «cafile» or NODE_EXTRA_CA_CERTS to the certificate of your proxy.",
	},
	{
		pattern: /\b(E401|E403|ENEEDAUTH)\b/,
		sentence: "The npm registry refuses access: log in to it, or check npm's «registry» setting.",
	},
	{
		pattern: /\b(E404|ETARGET|ENOVERSIONS)\b/,
		sentence:
			"The npm registry lacks a package or version that is needed: check npm's «registry» setting.",
	},
	{
		pattern: /\bEINTEGRITY\b/,
		sentence:
			"A downloaded package isn't what the lock file says: clear npm's cache with «npm cache clean --force» and start again.",
	},
];

/** A run of npm that failed, with the end of what it printed for whoever wants to try another way. */
export class NpmFailure extends SandboxFailure {
	/**
	 * @param {string} message
	 * @param {string} output the end of what npm printed
	 */
	constructor(message, output) {
		super(message);
		this.output = output;
	}
}

/**
 * Runs npm and waits for it. A failure is told in a sentence, with the log's place.
 *
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {string} options.purpose what it was for, as in «{purpose} didn't succeed»
 * @param {string} options.logFile
 * @param {NodeJS.ProcessEnv} [options.env] instead of our own environment
 * @returns {Promise<string>} what npm printed, both outputs
 */
export async function runNpm(args, { cwd, purpose, logFile, env = process.env }) {
	goOn();
	const { command, first } = npmCommand(env);
	const kept = Object.entries(env).filter(([name]) => !misleading.test(name));
	let run;
	try {
		run = await startProcess({
			name: 'npm',
			command,
			args: [
				...first,
				...args,
				'--no-audit',
				'--no-fund',
				'--no-update-notifier',
				'--loglevel=warn',
			],
			env: Object.fromEntries(kept),
			cwd,
			logFile,
		});
	} catch (error) {
		throw new SandboxFailure(
			"npm can't be started: install npm 10 or newer and see that it is on the PATH.",
			{ cause: error },
		);
	}
	const { code } = await run.ended;
	if (interrupted.aborted) throw new Interrupted();
	const output = await readFile(logFile, 'utf8');
	if (code === 0) return output;
	const end = output.slice(-searched);
	const known = explanations.find(({ pattern }) => pattern.test(end));
	throw new NpmFailure(
		`${purpose} didn't succeed. ${known?.sentence ?? lastWords(end)} The log is ${logFile}.`,
		end,
	);
}

/**
 * The npm that runs us where there is one: it is the one that the user chose. With the Node that it
 * belongs to, since npm is particular about that.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, first: string[] }}
 */
function npmCommand(env) {
	const { npm_execpath: script, npm_node_execpath: node } = env;
	if (script && node && /npm-cli\.c?js$/.test(script)) return { command: node, first: [script] };
	return { command: 'npm', first: [] };
}

/**
 * The first line that names an error, else the last one: compilers say what is wrong first.
 *
 * @param {string} output
 * @returns {string}
 */
function lastWords(output) {
	const lines = output
		.split('\n')
		.map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
		.filter(
			(line) => line && !/A complete log of this run|Lifecycle script|^code |^npm warn/.test(line),
		);
	const telling = lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1);
	return telling ? `It said: «${telling.slice(0, 300)}».` : 'It said nothing.';
}

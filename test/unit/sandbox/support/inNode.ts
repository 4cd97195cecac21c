import { execFile, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const library = path.resolve(__dirname, '../../../../sandbox/lib');

/**
 * Calls a function of the sandbox's in a Node of its own: its modules are ES modules, which jest
 * doesn't load.
 *
 * @param module file in sandbox/lib
 * @param name of the exported function
 * @param args plain data
 * @returns what the function gives, as plain data; a failure of it is thrown with its message
 */
export async function callSandbox<Result>(
	module: string,
	name: string,
	...args: unknown[]
): Promise<Result> {
	const output = await runScript(`
		const { ${name} } = await library('${module}');
		try {
			const result = await ${name}(...${JSON.stringify(args)});
			console.log(JSON.stringify({ result }));
		} catch (error) {
			console.log(JSON.stringify({ failure: error.message }));
		}
	`);
	const answer = JSON.parse(output) as { result: Result; failure?: string };
	if (answer.failure !== undefined) throw new Error(answer.failure);
	return answer.result;
}

/** Runs a script that reaches the sandbox's modules by `library(file)`, and gives what it prints. */
export async function runScript(script: string): Promise<string> {
	const { stdout } = await run(process.execPath, argumentsFor(script));
	return stdout;
}

/** Starts such a script, and leaves it to the test. */
export function startScript(script: string): ChildProcess {
	return spawn(process.execPath, argumentsFor(script), { stdio: ['ignore', 'pipe', 'inherit'] });
}

function argumentsFor(script: string): string[] {
	const head = `const library = (file) => import(${JSON.stringify(`file://${library}/`)} + file);`;
	return ['--input-type=module', '-e', `${head}\n${script}`];
}

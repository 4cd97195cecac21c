// @ts-check

/**
 * A failure that the user can do something about. Its message is one or two whole sentences: what
 * went wrong and what to do. It is shown without a stack.
 */
export class SandboxFailure extends Error {
	/**
	 * @param {string} message whole sentences for the user
	 * @param {{ cause?: unknown }} [options] the failure underneath, for the log
	 */
	constructor(message, options) {
		super(message, options);
		this.name = 'SandboxFailure';
	}
}

/** The user ended the run (Ctrl-C, SIGTERM): nothing is wrong, and nothing more is to be said. */
export class Interrupted extends Error {
	constructor() {
		super('Interrupted');
		this.name = 'Interrupted';
	}
}

/**
 * The code of a system failure (`ENOSPC`, `EACCES`, …), or undefined.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function codeOf(error) {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;
}

/**
 * A failure of the file system, told as a sentence; anything else is passed on as it is.
 *
 * @param {unknown} error
 * @param {string} folder what was being written to
 * @param {string} remedy what the user can do, as a clause: «set X to another folder»
 * @returns {unknown}
 */
export function explainFileFailure(error, folder, remedy) {
	const code = codeOf(error);
	if (code === 'ENOSPC' || code === 'EDQUOT') {
		return new SandboxFailure(
			`No space is left on the disk that holds ${folder}: free some, or ${remedy}.`,
			{ cause: error },
		);
	}
	if (code === 'ENOTDIR' || code === 'EEXIST') {
		return new SandboxFailure(
			`${folder} can't be a folder, because a file is in the way: ${remedy}.`,
			{
				cause: error,
			},
		);
	}
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		return new SandboxFailure(
			`${folder} can't be written to: give this user the right to write there, or ${remedy}.`,
			{ cause: error },
		);
	}
	return error;
}

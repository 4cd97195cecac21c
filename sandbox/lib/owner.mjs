// @ts-check
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SandboxFailure } from './failures.mjs';
import { readJson, writeJson } from './ledger.mjs';
import { N8nApiFailure } from './n8n-api.mjs';

/**
 * @typedef {{ email: string, password: string }} Login
 */

/**
 * Logs in as the sandbox's owner, whom the first run makes with a password of its own.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} folder where the login is kept, readable by this user alone
 * @returns {Promise<Login>}
 */
export async function ownerLogin(api, folder) {
	const file = path.join(folder, 'login.json');
	/** @type {Login | undefined} */
	const known = await readJson(file);
	const login = known ?? { email: 'sandbox@example.com', password: newPassword() };
	if (!known) await writeJson(file, login);
	if (await api.needsOwner()) {
		await api.setUpOwner(login);
		return login;
	}
	try {
		await api.logIn(login);
	} catch (error) {
		if (!(error instanceof N8nApiFailure && error.status === 401)) throw error;
		throw new SandboxFailure(
			`n8n doesn't accept the login in ${file} any more: write the one that you chose in the editor there, or start afresh with «npm run reset».`,
			{ cause: error },
		);
	}
	return login;
}

/** n8n asks for 8 characters at least, with a capital and a digit. */
function newPassword() {
	return `${randomBytes(9).toString('base64url').replace(/[-_]/g, 'x')}A7`;
}

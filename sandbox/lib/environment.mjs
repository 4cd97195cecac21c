// @ts-check
import path from 'node:path';
import { node24 } from './checkout.mjs';
import { loopback } from './ports.mjs';

/**
 * What a process of the sandbox may know of the user's environment. Settings of an n8n or a server
 * that the user already has (`N8N_*`, `DB_*`, `GRPC_*`, …) must not reach ours: with the user's
 * `DB_TYPE` the sandbox's n8n would open the user's database.
 */
const passedOn =
	/^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|(https?|all|ftp)_proxy|XDG_CACHE_HOME)$/i;

/**
 * The environment of a process of the sandbox: the passed-on part, Node 24 first on the path, no
 * proxy on the way to loopback, and what the caller adds.
 *
 * @param {NodeJS.ProcessEnv} from
 * @param {Record<string, string>} [added]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(from, added = {}) {
	const kept = Object.entries(from).filter(([name]) => passedOn.test(name));
	const direct = [from.NO_PROXY ?? from.no_proxy, loopback, 'localhost'].filter(Boolean).join(',');
	return {
		...Object.fromEntries(kept),
		PATH: [path.dirname(node24), from.PATH].filter(Boolean).join(path.delimiter),
		NO_PROXY: direct,
		no_proxy: direct,
		...added,
	};
}

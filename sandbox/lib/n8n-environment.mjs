// @ts-check
import { cleanEnvironment } from './environment.mjs';
import { loopback } from './ports.mjs';

/**
 * The whole environment of an n8n that the sandbox or a test starts.
 *
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.from the user's environment, of which little is passed on
 * @param {string} options.userFolder n8n keeps its database, keys and files in `.n8n` under it
 * @param {number} options.port of the editor and the webhooks
 * @param {number} options.brokerPort of the task runners: every n8n process opens one
 * @param {string[]} [options.readable] the folders that file nodes may read and write; by default none
 * @param {string} [options.templatesHost] address of a template library; without one the editor has
 * no Templates page
 * @param {Record<string, string>} [options.added] what a test wants otherwise
 * @returns {NodeJS.ProcessEnv}
 */
export function n8nEnvironment({
	from,
	userFolder,
	port,
	brokerPort,
	readable,
	templatesHost,
	added,
}) {
	return cleanEnvironment(from, {
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: loopback,
		N8N_HOST: loopback,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: loopback,
		N8N_EDITOR_BASE_URL: `http://${loopback}:${port}`,
		WEBHOOK_URL: `http://${loopback}:${port}`,
		// The login cookie would not be sent over plain http otherwise.
		N8N_SECURE_COOKIE: 'false',
		// Nothing is reported to anybody, and nothing asked from outside.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		...(templatesHost
			? { N8N_TEMPLATES_ENABLED: 'true', N8N_TEMPLATES_HOST: templatesHost }
			: { N8N_TEMPLATES_ENABLED: 'false' }),
		N8N_RESTRICT_FILE_ACCESS_TO: (readable ?? [userFolder]).join(';'),
		N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'true',
		// Community nodes load from the nodes folder, unverified ones too; missing ones aren't fetched.
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LOG_LEVEL: 'info',
		...added,
	});
}

// @ts-check

/**
 * @typedef {object} Service a service that has a credential in n8n
 * @property {string} type the credential's type in n8n
 * @property {string} name the credential's name in n8n
 * @property {'address' | 'baseUrl'} field where its address stands
 * @property {string} address
 * @property {string | undefined} token bearer token, when the service asks for one
 */

/**
 * The services' credentials.
 *
 * @param {{ artificer: string, fableForge: string, env: NodeJS.ProcessEnv }} options the addresses,
 * and the environment that may hold `ARTIFICER_API_KEY` and `FABLEFORGE_API_KEY`
 * @returns {Service[]}
 */
export function servicesOf({ artificer, fableForge, env }) {
	return [
		{
			type: 'artificerApi',
			name: 'Artificer account',
			field: 'address',
			address: artificer,
			token: env.ARTIFICER_API_KEY || undefined,
		},
		{
			type: 'fableForgeApi',
			name: 'FableForge account',
			field: 'baseUrl',
			address: fableForge,
			token: env.FABLEFORGE_API_KEY || undefined,
		},
	];
}

/**
 * What a service's credential holds; all else has its default.
 *
 * @param {Service} service
 * @returns {Record<string, string>}
 */
export function credentialData({ field, address, token }) {
	return {
		[field]: address,
		...(token ? { authentication: 'bearerToken', token } : { authentication: 'none' }),
	};
}

/**
 * Makes the credentials that the sandbox hasn't made yet. One that it has made stays as it is, but
 * for its address: that follows the sandbox's ports and settings as long as the user hasn't changed
 * it in the editor.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {import('./ledger.mjs').Ledger} ledger changed in place
 * @param {Service[]} services
 * @returns {Promise<string[]>} what the user should know, in sentences
 */
export async function ensureCredentials(api, ledger, services) {
	/** @type {{ id: string, name: string, type: string }[]} */
	const existing = await api.request('GET', '/rest/credentials');
	const remarks = [];
	for (const service of services) {
		const known = ledger.credentials[service.type];
		const found = existing.find(({ id, name, type }) =>
			known ? id === known.id : name === service.name && type === service.type,
		);
		if (!known) {
			// A run that was killed between making one and noting it has left it behind.
			const { id } = found ?? (await create(api, service));
			ledger.credentials[service.type] = { id, address: service.address };
		} else if (!found) {
			remarks.push(
				`The credential «${service.name}» was deleted in the editor, so it stays away («npm run reset» brings it back).`,
			);
		} else if (known.address !== service.address) {
			const remark = await follow(api, service, known);
			if (remark) remarks.push(remark);
			else known.address = service.address;
		}
	}
	return remarks;
}

/**
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {Service} service
 * @returns {Promise<{ id: string }>}
 */
async function create(api, service) {
	return await api.request('POST', '/rest/credentials', {
		name: service.name,
		type: service.type,
		data: credentialData(service),
	});
}

/**
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {Service} service
 * @param {{ id: string, address: string }} known
 * @returns {Promise<string | undefined>}
 */
async function follow(api, service, known) {
	const { name, type, data } = await api.request(
		'GET',
		`/rest/credentials/${known.id}?includeData=true`,
	);
	if (data[service.field] !== known.address) {
		return `The credential «${name}» keeps the address ${data[service.field]}, which was set in the editor, instead of ${service.address}.`;
	}
	await api.request('PATCH', `/rest/credentials/${known.id}`, {
		name,
		type,
		data: { ...data, ...credentialData(service) },
	});
	return undefined;
}

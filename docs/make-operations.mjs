// @ts-check
import { createRequire } from 'node:module';
import { code, table, writeOrCheck } from './page.mjs';

// Makes docs/operations.md of the operation records of both nodes, as the build left them in dist/.

const load = createRequire(import.meta.url);
const { settingFields } = load('../dist/nodes/shared/settingFields.js');
const { methodOf } = load('../dist/nodes/Artificer/transport/services.js');

const nodes = [
	{
		title: 'Artificer',
		...load('../dist/nodes/Artificer/operations/index.js'),
		called: rpc,
	},
	{
		title: 'FableForge',
		...load('../dist/nodes/FableForge/operations/index.js'),
		called: endpoint,
	},
];

/** How many items come out, by the shape of an operation. */
const items = {
	item: 'One call an item; each item gives its own result.',
	stream: 'One call an item; what comes back is taken page by page.',
	batch: 'One call for all items; each item gets its own result back.',
	fanOut: 'Several calls an item, all of all items at once; each gives a vote.',
};

/** @param {any} operation */
function rpc({ call }) {
	const { responseType } = methodOf(call);
	const fields = responseType.type.field.map((/** @type {{ name: string }} */ { name }) => name);
	return { name: `${call.service}.${call.method}`, fields };
}

/** @param {any} operation */
function endpoint({ call }) {
	return { name: `${call.method} ${call.path}`, fields: call.fields };
}

/** @param {any} operation */
function ownOptions({ options = [] }) {
	return [...options].sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/**
 * @param {string} title
 * @param {any[]} fields
 */
function fieldTable(title, fields) {
	if (fields.length === 0) return [];
	const second = title === 'Option' ? 'When added' : 'Default';
	const rows = fields.map((field) => [
		field.displayName,
		code(field.default),
		sentences([field.description, choices(field), condition(field, fields)]),
	]);
	return [table([title, second, 'What for'], rows)];
}

/** @param {string[]} parts the period of one that others follow may be left out */
function sentences(parts) {
	return parts.filter(Boolean).join('. ').replaceAll('.. ', '. ');
}

/** @param {any} field */
function choices({ type, options }) {
	if (type !== 'options' && type !== 'multiOptions') return '';
	return `One of: ${options.map((/** @type {any} */ { name, value }) => `${name} (${code(value)})`).join(', ')}`;
}

/**
 * @param {any} field
 * @param {any[]} fields
 */
function condition({ displayOptions }, fields) {
	const conditions = Object.entries(displayOptions?.show ?? {}).map(([name, values]) => {
		const other = fields.find((field) => field.name === name);
		return `${other?.displayName ?? name} is ${values.map(code).join(' or ')}`;
	});
	return conditions.length > 0 ? `Where ${conditions.join(' and ')}` : '';
}

/** @param {any} operation */
function standards(operation) {
	const { timeoutSeconds, retryWaits, cacheSeconds, idempotent } = operation;
	const atOnce = settingFields(operation).find((/** @type {any} */ { name }) => name === 'atOnce');
	const repeated =
		typeof idempotent === 'function'
			? 'where Safe to Repeat is on'
			: idempotent
				? 'yes'
				: 'only what never reached the service';
	return table(
		[
			'Timeout',
			'Retries',
			'Waits',
			'Repeated when its answer is lost',
			'Cache',
			atOnce.displayName,
		],
		[
			[
				`${timeoutSeconds} s`,
				String(retryWaits.length),
				retryWaits.map((/** @type {number} */ wait) => `${wait} s`).join(', '),
				repeated,
				cacheSeconds > 0 ? `${cacheSeconds / 60} min` : 'off',
				String(atOnce.default),
			],
		],
	);
}

/**
 * @param {string} group the resource's name
 * @param {any} operation
 * @param {{ name: string, fields: string[] }} called
 */
function chapter(group, operation, { name, fields }) {
	const { displayName, description, shape } = operation;
	const answer = fields.length > 0 ? ` It answers ${fields.map(code).join(', ')}.` : '';
	return [
		`### ${group}: ${displayName}`,
		`${description.replace(/\.?$/, '.')}`,
		`Calls \`${name}\`.${answer} ${items[/** @type {keyof typeof items} */ (shape)]}`,
		...fieldTable('Field', operation.fields),
		...fieldTable('Option', ownOptions(operation)),
		standards(operation),
	].join('\n\n');
}

/** The options that every operation has, without what differs between them. */
function shared() {
	const [first] = nodes[0].operations;
	const rows = settingFields(first).map((/** @type {any} */ { displayName, description }) => [
		displayName,
		description.replace(/ Without this option:.*$/, ''),
	]);
	return table(['Option', 'What for'], rows);
}

const text = [
	'# Operations',
	'Made by `npm run docs` from the operation records of both nodes; not to be edited by hand.',
	'A field takes an expression as well. An option holds what is told here when it is added; what holds without it, its description says.',
	'## Options of every operation',
	shared(),
	...nodes.flatMap(({ title, resources, operations, called }) => [
		`## ${title}`,
		...resources.flatMap((/** @type {any} */ { name, value }) =>
			operations
				.filter((/** @type {any} */ { resource }) => resource === value)
				.map((/** @type {any} */ operation) => chapter(name, operation, called(operation))),
		),
	]),
	'',
].join('\n\n');

await writeOrCheck('operations.md', text.replace(/\n+$/, '\n'), process.argv.slice(2));

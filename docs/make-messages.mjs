// @ts-check
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { table, writeOrCheck } from './page.mjs';

// Makes docs/messages.md: every sentence that code hands to a person when something isn't as it
// should be, as it stands in the sources.

const checkout = path.dirname(import.meta.dirname);

const chapters = [
	{ title: 'The Artificer node', files: ['nodes/Artificer/**/*.ts'] },
	{ title: 'The FableForge node', files: ['nodes/FableForge/**/*.ts'] },
	{ title: 'Quorum Merge', files: ['nodes/QuorumMerge/**/*.ts'] },
	{ title: 'All nodes and both credentials', files: ['nodes/shared/*.ts', 'credentials/*.ts'] },
	{ title: 'artificer-server', files: ['servers/artificer/src/**/*.ts'] },
	{ title: 'fableforge-server', files: ['servers/fableforge/src/**/*.ts'] },
	{ title: 'artificer-template-library', files: ['servers/template-library/src/**/*.ts'] },
	{ title: 'Sandbox and set-up', files: ['sandbox/**/*.mjs'] },
];

/** What carries a message to a person: errors, and the calls that make one. */
const carriers = /(Error|Failure|Problem|Refusal)$|^(fail|failure|refuse|tooLarge|statusFailure)$/;

/** @typedef {{ message: string, hint: string }} Told */

/**
 * @param {string} file in the checkout
 * @returns {Told[]}
 */
function messagesIn(file) {
	const text = readFileSync(path.join(checkout, file), 'utf8');
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	/** @type {Told[]} */
	const found = [];
	/** @param {ts.Node} node */
	const visit = (node) => {
		if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
			const name = node.expression.getText(source).split('.').at(-1) ?? '';
			if (carriers.test(name)) found.push(...toldBy([...(node.arguments ?? [])]));
		}
		if (ts.isObjectLiteralExpression(node)) {
			const [message] = textsOf(property(node, 'message'));
			if (message) found.push({ message, hint: textsOf(property(node, 'hint')).join(' / ') });
		}
		node.forEachChild(visit);
	};
	visit(source);
	return found;
}

/**
 * What a call tells: its first sentence, and the hint that goes with it.
 *
 * @param {ts.Expression[]} args
 * @returns {Told[]}
 */
function toldBy(args) {
	const texts = args.flatMap((arg) => textsOf(arg).filter(isSentence));
	const objects = args.filter(ts.isObjectLiteralExpression);
	const hints = objects.flatMap((object) => [
		...textsOf(property(object, 'hint')),
		...textsOf(property(object, 'description')),
	]);
	const [message, ...more] = texts;
	return message ? [{ message, hint: [...more, ...hints].join(' / ') }] : [];
}

/**
 * @param {ts.ObjectLiteralExpression} object
 * @param {string} name
 */
function property(object, name) {
	const found = object.properties.find((one) => one.name?.getText() === name);
	return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/**
 * The texts that an expression can be, with … for what is known at run time only.
 *
 * @param {ts.Expression | undefined} node
 * @returns {string[]}
 */
function textsOf(node) {
	if (!node) return [];
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
	if (ts.isConditionalExpression(node))
		return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
	if (ts.isBinaryExpression(node)) return joined(node);
	if (!ts.isTemplateExpression(node)) return [];
	return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
}

/** @param {ts.BinaryExpression} node */
function joined({ left, operatorToken, right }) {
	if (operatorToken.kind !== ts.SyntaxKind.PlusToken) return [...textsOf(left), ...textsOf(right)];
	const [first = '…'] = textsOf(left);
	const [second = '…'] = textsOf(right);
	return [first + second];
}

/** @param {string} text */
function isSentence(text) {
	return (
		text.trim().split(/\s+/).length >= 3 && /^(["«…\p{Lu}]|n8n |npm |index\.json )/u.test(text)
	);
}

/** @param {string[]} patterns */
function rowsOf(patterns) {
	const files = globSync(patterns, { cwd: checkout })
		.map((file) => file.split(path.sep).join('/'))
		.filter((file) => !/node_modules|\/generated\/|\/dist\//.test(file))
		.sort();
	const told = files.flatMap(messagesIn).filter(({ message }) => isSentence(message));
	const rows = new Map(told.map(({ message, hint }) => [message, hint]));
	return [...rows].sort(([a], [b]) => a.localeCompare(b, 'en'));
}

const text = [
	'# All messages',
	'Made by `npm run docs` from the sources; not to be edited by hand. `…` stands for what is known at run time only: a name, an address, a number, what a service said. What to do about the usual ones is in [failures and what to do](failures.md).',
	...chapters.flatMap(({ title, files }) => [
		`## ${title}`,
		table(['Message', 'And what it says to do'], rowsOf(files)),
	]),
].join('\n\n');

await writeOrCheck('messages.md', `${text}\n`, process.argv.slice(2));

// @ts-check
import { createRequire } from 'node:module';
import path from 'node:path';

// The image library is a dependency of the Artificer server's.
const require = createRequire(
	path.resolve(import.meta.dirname, '../../servers/artificer/package.json'),
);
/** @type {typeof import('sharp').default} */
const sharp = require('sharp');

/** Pictures are at most so wide, in px: twice what a page shows, for sharp screens. */
const widest = 1_800;
/** Room around the workflow, in CSS px. */
const margin = 24;

/** What a node writes under itself, its name and subtitle, lies outside of its box: so much of its height. */
const caption = 0.8;

/** What belongs to the editor and not to the workflow. */
const editorOnly = [
	'[data-test-id="canvas-controls"]',
	'[data-test-id="execute-workflow-button"]',
	'[data-test-id="canvas-handle-plus-wrapper"]',
	'[data-test-id="node-creator-plus-button"]',
	'[data-test-id="workflow-chat-button"]',
	'[data-test-id="logs-panel"]',
	'[data-test-id="canvas-node-toolbar"]',
];

/**
 * A picture of the workflow alone: its nodes and notes, and what runs between them.
 *
 * @param {import('../../test/editor/support/editor.ts').Editor} editor
 * @param {string} file
 */
export async function canvasPicture(editor, file) {
	const { page } = editor;
	const style = await page.addStyleTag({
		content: `${editorOnly.join(', ')} { visibility: hidden !important }`,
	});
	const boxes = [];
	for (const node of await page.getByTestId('canvas-node').all()) {
		const box = await node.boundingBox();
		boxes.push(box && { ...box, height: box.height * (1 + caption) });
	}
	for (const note of await page.getByTestId('sticky').all()) boxes.push(await note.boundingBox());
	const shown = boxes.filter((box) => box !== null);
	const left = Math.min(...shown.map(({ x }) => x)) - margin;
	const top = Math.min(...shown.map(({ y }) => y)) - margin;
	const right = Math.max(...shown.map(({ x, width }) => x + width)) + margin;
	const bottom = Math.max(...shown.map(({ y, height }) => y + height)) + margin;
	const picture = await page.screenshot({
		clip: { x: left, y: top, width: right - left, height: bottom - top },
	});
	await style.evaluate('(element) => element.remove()');
	await keep(picture, file);
}

/**
 * A picture of the page as it is, or of a part of it.
 *
 * @param {import('../../test/editor/support/editor.ts').Editor} editor
 * @param {string} file
 * @param {import('playwright-core').Locator} [part]
 */
export async function pagePicture(editor, file, part) {
	await keep(await (part ?? editor.page).screenshot({ animations: 'disabled' }), file);
}

/**
 * Colours from a palette make such pictures a third as large, and nobody sees it.
 *
 * @param {Buffer} picture
 * @param {string} file
 */
async function keep(picture, file) {
	await sharp(picture)
		.resize({ width: widest, withoutEnlargement: true })
		.png({ palette: true, quality: 90, effort: 10, compressionLevel: 9 })
		.toFile(file);
}

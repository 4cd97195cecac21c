// @ts-check
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

// Prints as JSON what is wrong with the Kubernetes manifests of a folder, by Kubernetes' own
// schemas as npm's kubernetes-models has them. A process of its own, since those are ES modules.

/** kustomize reads this one, not Kubernetes. */
const notForKubernetes = 'kustomization.yaml';
const [folder = ''] = process.argv.slice(2);

const manifests = readdirSync(folder)
	.filter((file) => file.endsWith('.yaml') && file !== notForKubernetes)
	.flatMap((file) =>
		parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map((document) => ({
			file,
			content: /** @type {{ apiVersion: string, kind: string }} */ (document.toJS()),
		})),
	);

/**
 * By the schemas: what is missing, of the wrong type, or not among the allowed values.
 *
 * @returns {Promise<string[]>}
 */
async function againstSchemas() {
	const wrong = [];
	for (const { file, content } of manifests) {
		const models = await import(`kubernetes-models/${content.apiVersion}`);
		try {
			new models[content.kind](content).validate();
		} catch (error) {
			wrong.push(`${file}: ${content.kind}: ${error instanceof Error ? error.message : error}`);
		}
	}
	return wrong;
}

/**
 * By the types, since the schemas let unknown fields pass: a misspelt probe would never run.
 *
 * @returns {string[]}
 */
function againstTypes() {
	// Inside the checkout, where the compiler finds the types.
	const place = mkdtempSync(path.join(process.cwd(), 'node_modules', '.manifests-'));
	try {
		const source = path.join(place, 'manifests.mts');
		writeFileSync(source, manifests.map(asStatement).join('\n'));
		const program = ts.createProgram([source], {
			module: ts.ModuleKind.NodeNext,
			moduleResolution: ts.ModuleResolutionKind.NodeNext,
			noEmit: true,
			skipLibCheck: true,
			strict: true,
			types: [],
		});
		return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
			const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line : 0;
			return `${manifests[line]?.file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
		});
	} finally {
		rmSync(place, { recursive: true });
	}
}

/**
 * @param {{ content: { apiVersion: string, kind: string } }} manifest
 * @param {number} index
 */
function asStatement({ content }, index) {
	const model = `import('kubernetes-models/${content.apiVersion}').I${content.kind}`;
	return `export const manifest${index}: ${model} = ${JSON.stringify(content)};`;
}

const wrong = [...(await againstSchemas()), ...againstTypes()];
console.log(JSON.stringify({ checked: manifests.length, wrong }, null, 2));

// @ts-check

/**
 * A module of the built server's engines, to call its functions in this process.
 *
 * @param {string} file in the server's folder `engines/`: `pdf/text.js`
 * @returns {Promise<any>}
 */
export async function engine(file) {
	const folder = new URL('../../servers/artificer/dist/engines/', import.meta.url);
	return await import(new URL(file, folder).href);
}

/**
 * A PDF as the server hands it to its engine.
 *
 * @param {Buffer} pdf
 */
export function sourceOf(pdf) {
	const bytes = new SharedArrayBuffer(pdf.length);
	new Uint8Array(bytes).set(pdf);
	// Another one each time: an engine keeps a document that it has open.
	return { id: `${performance.now()}`, bytes };
}

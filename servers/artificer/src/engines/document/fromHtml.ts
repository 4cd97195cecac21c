import { DocumentBuilder } from './builder.js';
import { HtmlReader } from './htmlReader.js';
import type { Document } from './portableText.js';

/** HTML, a whole page or a fragment, as Portable Text; its head becomes the metadata. */
export async function importHtml({ content }: { content: string }): Promise<Document> {
	const builder = new DocumentBuilder();
	const reader = new HtmlReader(builder);
	reader.read(content.replace(/^\uFEFF/, ''));
	return builder.finish(reader.metadata);
}

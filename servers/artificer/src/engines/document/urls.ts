/** Schemes that run script, read files, or show what the page's author chose, when followed. */
const REFUSED = new Set([
	'javascript',
	'vbscript',
	'livescript',
	'mocha',
	'data',
	'file',
	'blob',
	'filesystem',
	'view-source',
	'jar',
	'mhtml',
	'ms-its',
	'about',
]);

/** Pictures without script in them; SVG may hold some. */
const PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|avif)[;,]/;

/** As a browser reads a URL: it skips white space and control characters within the scheme. */
const asRead = (url: string): string =>
	url.replace(/[\u0000-\u0020\u007F-\u00A0\u200B-\u200F\uFEFF]/g, '');

/** Whether a link may point there. Relative addresses and unknown schemes may. */
export function isSafeLink(url: string): boolean {
	const [, scheme] = /^([^:/?#]*):/.exec(asRead(url)) ?? [];
	return scheme === undefined || !REFUSED.has(scheme.toLowerCase());
}

/** Whether an image may come from there: as for links, and pictures within the URL itself. */
export function isSafeImage(url: string): boolean {
	return isSafeLink(url) || PICTURE.test(asRead(url).toLowerCase());
}

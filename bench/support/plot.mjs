// @ts-check

const width = 800;
const height = 420;
const margin = { left: 70, right: 170, top: 50, bottom: 60 };
/** Told apart also by who sees no colours or prints without them: the lines differ in their dashes. */
const strokes = [
	{ colour: '#0072b2', dash: '' },
	{ colour: '#d55e00', dash: '6 3' },
	{ colour: '#009e73', dash: '2 3' },
	{ colour: '#cc79a7', dash: '10 4' },
	{ colour: '#e69f00', dash: '8 3 2 3' },
	{ colour: '#56b4e9', dash: '1 4' },
	{ colour: '#333333', dash: '12 2' },
];

/**
 * A plot of lines as SVG.
 *
 * @param {object} plot
 * @param {string} plot.title
 * @param {string} plot.x title of the axis, with its unit
 * @param {string} plot.y title of the axis, with its unit
 * @param {Map<string, [number, number][]>} plot.lines points by the line's name, at most seven lines
 * @returns {string}
 */
export function linePlot({ title, x, y, lines }) {
	const points = [...lines.values()].flat();
	const across = axis(Math.max(...points.map(([value]) => value)));
	const up = axis(Math.max(...points.map(([, value]) => value)));
	const place = (/** @type {[number, number]} */ [px, py]) =>
		`${toX(px / across.most).toFixed(1)},${toY(py / up.most).toFixed(1)}`;
	const paths = [...lines].map(([name, line], number) => {
		const { colour, dash } = strokes[number % strokes.length] ?? { colour: '#000', dash: '' };
		const style = `fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`;
		const legendY = margin.top + 20 * number + 6;
		const legendX = width - margin.right + 12;
		return [
			`<polyline ${style} points="${line.map(place).join(' ')}"/>`,
			`<line ${style} x1="${legendX}" x2="${legendX + 28}" y1="${legendY}" y2="${legendY}"/>`,
			`<text x="${legendX + 34}" y="${legendY + 4}">${escaped(name)}</text>`,
		].join('');
	});
	const columns = across.ticks.map((tick) => {
		const at = toX(tick / across.most).toFixed(1);
		return `<text x="${at}" y="${height - margin.bottom + 18}" text-anchor="middle">${tick}</text>`;
	});
	const rows = up.ticks.map((tick) => {
		const at = toY(tick / up.most).toFixed(1);
		const grid = `<line x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}" stroke="#ddd"/>`;
		return `${grid}<text x="${margin.left - 8}" y="${at}" dy="4" text-anchor="end">${tick}</text>`;
	});
	const middleY = (margin.top + height - margin.bottom) / 2;
	const middleX = (margin.left + width - margin.right) / 2;
	return `${[
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12" fill="#222">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		`<text x="${middleX}" y="26" text-anchor="middle" font-size="16">${escaped(title)}</text>`,
		...rows,
		...columns,
		`<path d="M${margin.left} ${margin.top}V${height - margin.bottom}H${width - margin.right}" fill="none" stroke="#222"/>`,
		`<text x="${middleX}" y="${height - 16}" text-anchor="middle">${escaped(x)}</text>`,
		`<text transform="translate(18 ${middleY}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
		...paths,
		'</svg>',
	].join('\n')}\n`;
}

/** @param {number} share of the axis */
function toX(share) {
	return margin.left + share * (width - margin.left - margin.right);
}

/** @param {number} share of the axis */
function toY(share) {
	return height - margin.bottom - share * (height - margin.top - margin.bottom);
}

/**
 * Ticks at round numbers from zero, four to ten of them.
 *
 * @param {number} largest value to show
 */
function axis(largest) {
	const power = 10 ** Math.floor(Math.log10(largest));
	const step = [0.1, 0.2, 0.5, 1, 2]
		.map((part) => part * power)
		.find((wide) => largest / wide <= 8);
	const wide = step ?? power;
	const many = Math.ceil(largest / wide);
	const ticks = Array.from({ length: many + 1 }, (_, number) => Number((number * wide).toFixed(6)));
	return { most: many * wide, ticks };
}

/** @param {string} text */
function escaped(text) {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

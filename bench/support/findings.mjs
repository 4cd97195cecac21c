// @ts-check

/**
 * @typedef {object} Findings what a bench gives back
 * @property {string} title of its chapter in docs/performance.md, without a full stop
 * @property {string} intro what was measured and how, in Markdown sentences: how many rounds, what
 * stood beside what, what the figures are
 * @property {Table[]} tables
 * @property {Goal[]} goals what it should reach; none when it only tells
 * @property {Picture[]} [pictures]
 * @property {Record<string, string>} [versions] of programs that took part, by name, beyond Node and
 * n8n, which every result names: `{ PostgreSQL: '15.18' }`
 */

/**
 * @typedef {object} Table
 * @property {string} caption what it compares, in what unit; a sentence that ends with a colon
 * @property {string[]} columns
 * @property {string[][]} rows one cell for each column
 */

/**
 * @typedef {object} Goal
 * @property {string} goal what was to be reached: «gRPC adds at most 30 % to a 10-page extraction»
 * @property {string} measured what it came to, in the goal's own unit
 * @property {boolean} met
 */

/**
 * @typedef {object} Picture
 * @property {string} file its name in docs/pictures/
 * @property {string} alt what it shows, for those who can't see it
 * @property {string} content the SVG
 */

/**
 * @typedef {object} Result what is kept of one run of a bench, in bench/results/
 * @property {string} bench its name
 * @property {string} measured when it began, ISO 8601
 * @property {number} seconds how long it took
 * @property {import('./machine.mjs').Machine} machine on which it ran
 * @property {Findings} findings the pictures without their content
 */

export {};

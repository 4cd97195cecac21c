// @ts-check
import { endOnSignals } from '../sandbox/lib/interruption.mjs';
import { keepResult } from './support/results.mjs';

/**
 * Runs one measurement and keeps its findings: `node bench/one.mjs NAME`. A process of its own for
 * each, so that the memory that one has used isn't counted for the next.
 */
const name = process.argv[2] ?? '';
const begun = new Date();
// A cluster that is measured ends with Ctrl-C, too.
endOnSignals();
/** @type {{ bench: () => Promise<import('./support/findings.mjs').Findings> }} */
const { bench } = await import(`./${name}.mjs`);
await keepResult(name, { begun, findings: await bench() });

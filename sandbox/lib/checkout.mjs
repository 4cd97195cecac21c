// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own folder. */
export const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the sandbox keeps everything that it makes, but for what other checkouts can reuse. */
export const sandboxFolder = path.join(checkout, '.sandbox');

/** The folder of the samples, which n8n's file nodes may read. */
export const samplesFolder = path.join(checkout, 'sandbox', 'samples');

/** The Node 24 that npm brings: n8n 2.40 and the servers need it, whatever runs this script. */
export const node24 = path.join(checkout, 'node_modules', 'node', 'bin', 'node');

/** Marks and finished tarballs that belong to this checkout's build; gone with node_modules. */
export const buildFolder = path.join(checkout, 'node_modules', '.n8n-nodes-artificer');

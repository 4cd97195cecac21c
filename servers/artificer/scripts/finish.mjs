import { chmodSync, cpSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);

// The published server reads its .proto files at start, so they travel with it.
cpSync(new URL('../../../proto/', import.meta.url), new URL('proto/', dist), { recursive: true });
chmodSync(new URL('main.js', dist), 0o755);

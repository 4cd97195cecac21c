import { rmSync } from 'node:fs';

// A file whose source is gone must not be published.
rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });

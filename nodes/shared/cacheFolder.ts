import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const digestBytes = 32;
/** What the digest of a key looks like, and what this class may remove: the folder may hold more. */
const entryName = /^[0-9a-f]{64}\.answer$/;
const partName = /^[0-9a-f]{64}\.answer\.[0-9a-f-]+\.part$/;
/** A part this old, in ms, is what a process left behind that ended while it wrote. */
const abandonedMs = 3_600_000;
/** After how much of the bound has been written the folder is looked through. */
const sweepShare = 0.05;

/**
 * Answers in a folder, which several processes may use at once: a file an entry, which appears
 * whole or not at all, and which its owner alone can read. A file's time of change is the moment
 * until which it holds. Every method throws what the file system throws.
 */
export class CacheFolder {
	/** Bytes written since the last sweep; the first write of a process sweeps. */
	private unswept = Number.POSITIVE_INFINITY;

	/**
	 * @param folder is made where there is none
	 * @param mostBytes that all entries together may take, but for what was written since the last sweep
	 */
	constructor(
		private readonly folder: string,
		private readonly mostBytes: number,
	) {}

	/**
	 * The bytes under a key; undefined where there are none, or they have expired or are damaged.
	 *
	 * @param key 64 hexadecimal digits
	 */
	async read(key: string): Promise<Buffer | undefined> {
		const file = this.fileOf(key);
		const about = await stat(file).catch(undefinedWhereMissing);
		if (!about) return undefined;
		const valid = about.mtimeMs > Date.now();
		const content = valid ? await readFile(file).catch(undefinedWhereMissing) : undefined;
		const bytes = content && undamaged(content);
		if (!bytes) await rm(file, { force: true });
		return bytes;
	}

	/** Keeps bytes under a key for so many seconds; an entry that was there is replaced. */
	async write(key: string, bytes: Buffer, seconds: number): Promise<void> {
		await mkdir(this.folder, { recursive: true, mode: 0o700 });
		const file = this.fileOf(key);
		const part = `${file}.${randomUUID()}.part`;
		try {
			const handle = await open(part, 'wx', 0o600);
			try {
				await handle.writeFile(Buffer.concat([digestOf(bytes), bytes]));
				await handle.utimes(new Date(), new Date(Date.now() + seconds * 1000));
			} finally {
				await handle.close();
			}
			await rename(part, file);
		} finally {
			// It is there only where something went wrong.
			await rm(part, { force: true });
		}
		this.unswept += bytes.length;
		if (this.unswept > this.mostBytes * sweepShare) await this.sweep();
	}

	/** Removes what has expired, and of the rest what expires first until the bound holds. */
	private async sweep(): Promise<void> {
		this.unswept = 0;
		const entries: Array<{ file: string; size: number; until: number }> = [];
		for (const name of await readdir(this.folder)) {
			const file = path.join(this.folder, name);
			const about = await stat(file).catch(undefinedWhereMissing);
			if (!about) continue;
			if (entryName.test(name)) entries.push({ file, size: about.size, until: about.mtimeMs });
			if (partName.test(name) && about.mtimeMs < Date.now() - abandonedMs) {
				await rm(file, { force: true });
			}
		}
		entries.sort((a, b) => a.until - b.until);
		let bytes = entries.reduce((sum, { size }) => sum + size, 0);
		for (const { file, size, until } of entries) {
			if (until > Date.now() && bytes <= this.mostBytes) break;
			await rm(file, { force: true });
			bytes -= size;
		}
	}

	private fileOf(key: string): string {
		return path.join(this.folder, `${key}.answer`);
	}
}

function digestOf(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}

/** What follows the digest, where it is what was written. */
function undamaged(content: Buffer): Buffer | undefined {
	const bytes = content.subarray(digestBytes);
	return digestOf(bytes).equals(content.subarray(0, digestBytes)) ? bytes : undefined;
}

/** There may be no such file, and another process may have removed it meanwhile. */
function undefinedWhereMissing(thrown: unknown): undefined {
	if ((thrown as { code?: unknown }).code !== 'ENOENT') throw thrown;
}

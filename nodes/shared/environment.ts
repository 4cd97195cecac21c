import path from 'node:path';

/** A setting that can't be used; its message is for whoever runs n8n. */
export class SettingRefused extends Error {}

/** Where workers keep answers together, as the environment of n8n's processes says. */
export interface CacheFolderSettings {
	/**
	 * `ARTIFICER_CACHE_FOLDER`: absolute path of a folder in which all n8n processes that name it keep
	 * the answers of operations whose option Cache is on, each for as long as the option says. It is
	 * made where there is none; only n8n's user may be able to write to it. Unset, each process keeps
	 * answers in its memory alone.
	 */
	folder: string;
	/**
	 * `ARTIFICER_CACHE_MB`: how much the files in that folder may take together, in MB, from 1 to
	 * 1,000,000; 1024 unless set. Those that expire first make room. Each process looks through the
	 * folder after it has written a twentieth of it.
	 */
	mostBytes: number;
}

const megabyte = 1024 * 1024;

/** The settings; undefined where no folder is named. Throws a `SettingRefused`. */
export function cacheFolderSettings(
	environment: NodeJS.ProcessEnv,
): CacheFolderSettings | undefined {
	const folder = environment.ARTIFICER_CACHE_FOLDER?.trim();
	if (!folder) return undefined;
	if (!path.isAbsolute(folder)) {
		throw new SettingRefused(
			`ARTIFICER_CACHE_FOLDER is "${folder}", but an absolute path is needed, such as /var/cache/artificer`,
		);
	}
	const given = environment.ARTIFICER_CACHE_MB?.trim() || '1024';
	const megabytes = Number(given);
	if (!Number.isFinite(megabytes) || megabytes < 1 || megabytes > 1_000_000) {
		throw new SettingRefused(
			`ARTIFICER_CACHE_MB is "${given}", but a number from 1 to 1000000 is needed`,
		);
	}
	return { folder, mostBytes: megabytes * megabyte };
}

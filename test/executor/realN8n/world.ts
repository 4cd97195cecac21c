import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { latinPdf } from '../../contract/artificer-server/fixtures/pdfs';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { pdf } from '../artificer/cases';
import { N8nServer } from '../support/n8nServer';
import type { PlainCredential } from '../support/workflows';

/** The real n8n as a server, and the services that its credentials name by their ids. */
export interface World {
	n8n: N8nServer;
	/** Credential `artificer`. */
	artificer: ArtificerServer;
	/** Credential `fableforge`: every specialist takes two seconds. */
	fableForge: FableForgeServer;
	/** Credential `late`: cultural and narrative would take longer than any test. */
	late: FableForgeServer;
	/** Files that n8n may read, by their names in its folder. */
	files: { guide: string; letter: string; long: string };
	close(): Promise<void>;
}

/** What the pages of the files say. */
export const letterLines = ['Dear reader,', 'the harbour opens at seven.'];

/** @param settings of n8n's, by their environment variables */
export async function startWorld(settings: Record<string, string> = {}): Promise<World> {
	const [artificer, fableForge, late] = await Promise.all([
		startArtificerServer(),
		FableForgeServer.start({ FABLEFORGE_DELAY_MS: '2000' }),
		FableForgeServer.start({
			FABLEFORGE_DELAY_MS: 'cultural=600000,dialogue=10,fluency=10,narrative=600000,prose=10',
		}),
	]);
	const servers = async () => {
		await Promise.all([artificer.stop(), fableForge.stop(), late.stop('SIGKILL')]);
	};
	try {
		const credentials: PlainCredential[] = [
			{ ...named('artificer', 'artificerApi'), data: { address: artificer.address } },
			{ ...named('fableforge', 'fableForgeApi'), data: { baseUrl: fableForge.url } },
			{ ...named('late', 'fableForgeApi'), data: { baseUrl: late.url } },
		];
		const n8n = await N8nServer.open({ credentials, settings });
		const files = await writeFiles(n8n.filesFolder);
		const close = async () => {
			await n8n.close();
			await servers();
		};
		return { n8n, artificer, fableForge, late, files, close };
	} catch (failure) {
		await servers();
		throw failure;
	}
}

function named(id: string, type: string) {
	return { id, name: id, type };
}

async function writeFiles(folder: string): Promise<World['files']> {
	const files = {
		guide: path.join(folder, 'guide.pdf'),
		letter: path.join(folder, 'letter.pdf'),
		long: path.join(folder, 'long.pdf'),
	};
	writeFileSync(files.guide, pdf.content);
	writeFileSync(files.letter, await latinPdf([letterLines]));
	// OCR of one page takes seconds: nobody waits for the end of this one.
	writeFileSync(files.long, await latinPdf(Array.from({ length: 100 }, () => letterLines)));
	return files;
}

/** Waits until something holds; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { BranchOutcome } from '../../shared/operation';
import type { RefineAnswer } from '../transport/endpoints';

/** How one specialist fared with a text. It is data, whatever it says: n8n would route and retry by a key `error`. */
export function vote(
	{ branch, outcome }: BranchOutcome<RefineAnswer>,
	source: string,
): IDataObject {
	const { status, startedAt, durationMs, tries } = outcome;
	const told =
		outcome.status === 'success'
			? { result: outcome.value }
			: {
					failure: {
						message: outcome.failure.message,
						kind: outcome.failure.kind,
						...(outcome.failure.facts.status && { status: outcome.failure.facts.status }),
					},
				};
	return { specialist: branch, status, ...told, source, startedAt, durationMs, tries };
}

/** What names a text without an id of the user's: a digest stays the same in every branch, even in one that dropped an item. */
export function digestOf(text: unknown): string {
	const written = typeof text === 'object' ? JSON.stringify(text) : String(text);
	return createHash('sha256').update(written).digest('hex').slice(0, 16);
}

/** Two items may hold the same text or id; each is a subject of its own, with a name that no other item has. */
export function distinct(sources: string[]): string[] {
	const taken = new Set(sources);
	const seen = new Set<string>();
	return sources.map((source) => {
		let name = source;
		for (let times = 2; seen.has(name) || (name !== source && taken.has(name)); times++) {
			name = `${source}-${times}`;
		}
		seen.add(name);
		return name;
	});
}

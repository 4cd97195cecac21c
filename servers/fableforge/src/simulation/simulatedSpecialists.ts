import { setTimeout as wait } from 'node:timers/promises';
import { SpecialistFailure, type RefineTask, type Refinement } from '../refinement.js';
import { fateOf, type Odds } from './fate.js';

/**
 * Specialists that refine nothing: they take the time, and fail as often, as the settings say, and
 * give the text back marked with their name. For trying out flows while there is no model.
 */
export class SimulatedSpecialists {
	constructor(private readonly odds: Odds) {}

	/** Waits as the settings say; ends at once when the signal is aborted. */
	async refine(task: RefineTask, signal: AbortSignal): Promise<Refinement> {
		const { specialist, attempt } = task;
		const fate = fateOf({ specialist, text: task.sent, attempt }, this.odds);
		if (fate.delayMs > 0) await wait(fate.delayMs, undefined, { signal });
		if (fate.fails) {
			throw new SpecialistFailure(
				`Specialist ${specialist} did not finish try ${attempt}: FABLEFORGE_FAILURE_RATE is ` +
					`${this.odds.failureRate}, and this try is one of those that it picks.`,
			);
		}
		return {
			refined_text: `[${specialist}, simulated] ${task.text}`,
			confidence: fate.confidence,
			improvements: ['None: this specialist is simulated and gives the text back as it came.'],
			engine: 'simulated',
		};
	}
}

import { CLEANING_STEPS } from './steps.js';

/** A text after cleaning, and what was done to it. */
export interface CleanedText {
	text: string;
	/** A sentence for each kind of change that was really made, in the order in which they were. */
	changes: string[];
}

/** Brings a text into one form; cleaning what came out changes nothing more. */
export function clean(original: string): CleanedText {
	const changes: string[] = [];
	let text = original;
	for (const step of CLEANING_STEPS) {
		const changed = step.apply(text);
		if (changed.text !== text) changes.push(step.describe(changed.places));
		text = changed.text;
	}
	return { text, changes };
}

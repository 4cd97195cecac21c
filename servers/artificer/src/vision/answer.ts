/** What the model must answer, as a schema that OpenAI's strict structured output takes. */
export const ANSWER_SCHEMA = {
	type: 'object',
	properties: {
		text: { type: 'string', description: 'The transcription alone' },
		confidence: { type: 'number', description: 'How sure you are of it, from 0 to 1' },
	},
	required: ['text', 'confidence'],
	additionalProperties: false,
};

/** A model's answer that has the right shape. */
export interface VisionAnswer {
	text: string;
	/** 0 to 1. */
	confidence: number;
}

/**
 * Most characters that a picture's text may have: a full page has 5,000, and a model that repeats
 * itself without end has more.
 */
const MOST_CHARACTERS = 200_000;

/** Reads a model's answer; gives the rest of a sentence about the model where it is of no use. */
export function readAnswer(content: string): VisionAnswer | string {
	let answer: unknown;
	try {
		answer = JSON.parse(content);
	} catch {
		return 'answered something that is not JSON';
	}
	if (typeof answer !== 'object' || answer === null || Object.keys(answer).length !== 2) {
		return 'answered JSON of another shape than it was asked for';
	}
	const { text, confidence } = answer as { text?: unknown; confidence?: unknown };
	if (typeof text !== 'string' || typeof confidence !== 'number') {
		return 'answered JSON of another shape than it was asked for';
	}
	if (!(confidence >= 0 && confidence <= 1)) {
		return 'answered a confidence that is not between 0 and 1';
	}
	if (text.length > MOST_CHARACTERS) return 'answered more text than a picture can hold';
	return { text, confidence };
}

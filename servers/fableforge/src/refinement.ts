import type { Specialist } from './specialists.js';

/** What can do a specialist's work. */
export type Engine = 'simulated' | 'model';

/** What a specialist is asked to do. */
export interface RefineTask {
	specialist: Specialist;
	/** What the client sent: the text, or what `/tag` made of it. Says which task this is. */
	sent: string;
	/** The text to work on, without markup of parts of speech. */
	text: string;
	/** The same text with parts of speech, where the client sent it. */
	taggedText: string | undefined;
	/** The language of the text: `kor`, `jpn`, `chi`, or another that the model finds out itself. */
	language: string | undefined;
	/** The language to translate into, as a BCP 47 tag. */
	targetLanguage: string;
	/** Which try of this text by this specialist it is, from 1. */
	attempt: number;
}

/** What a specialist made of a text, as it is answered. */
export interface Refinement {
	refined_text: string;
	/** How sure the specialist is, 0 to 1. */
	confidence: number;
	/** What was improved, a sentence each. */
	improvements: string[];
	/** What did the work. */
	engine: Engine;
	/** The model's name, as the model's server told it. */
	model?: string;
	/** The tokens that the model's server counted; absent where it told none. */
	tokens?: { input: number; output: number };
	/** What the tokens cost in USD; absent without a price or without tokens. */
	cost_usd?: number | undefined;
}

/** Whoever does the specialists' work. */
export interface Specialists {
	/** Rejects with a SpecialistFailure, or with the signal's reason when it is aborted. */
	refine(task: RefineTask, signal: AbortSignal): Promise<Refinement>;
}

/** A specialist could not do its work; the message is for the client and names the specialist. */
export class SpecialistFailure extends Error {}

import type { Specialist } from './specialists.js';

/** What a specialist is asked to do. */
export interface RefineTask {
	specialist: Specialist;
	/** The text to work on, as the client sent it. */
	text: string;
	/** The language of the text: `kor`, `jpn` or `chi`; what else clients send is handed on. */
	language: string | undefined;
	/** Which try of this text by this specialist it is, from 1. */
	attempt: number;
}

/** What a specialist made of a text. */
export interface Refinement {
	refined_text: string;
	/** How sure the specialist is, 0 to 1. */
	confidence: number;
	/** What was improved, a sentence each. */
	improvements: string[];
	/** What did the work: `simulated`, or the kind of model. */
	engine: string;
}

/** Whoever does the specialists' work. */
export interface Specialists {
	readonly engine: string;
	/** Rejects with a SpecialistFailure, or with the signal's reason when it is aborted. */
	refine(task: RefineTask, signal: AbortSignal): Promise<Refinement>;
}

/** A specialist could not do its work; the message is for the client and names the specialist. */
export class SpecialistFailure extends Error {}

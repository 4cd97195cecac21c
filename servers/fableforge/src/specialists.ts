/** The five specialists of the FableForge contract, in the order in which they are documented. */
export const SPECIALISTS = ['cultural', 'prose', 'dialogue', 'narrative', 'fluency'] as const;

/** The name of one specialist, as it stands on the wire. */
export type Specialist = (typeof SPECIALISTS)[number];

/** Whether a text is the name of a specialist. */
export function isSpecialist(name: string): name is Specialist {
	return SPECIALISTS.some((specialist) => specialist === name);
}

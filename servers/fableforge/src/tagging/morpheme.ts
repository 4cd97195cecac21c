/** The languages that can be tagged, by their names on the wire. */
export const LANGUAGES = ['kor', 'jpn', 'chi'] as const;

/** One of the languages that can be tagged. */
export type Language = (typeof LANGUAGES)[number];

/** A piece of a text: a morpheme with its part of speech, or what stands between morphemes. */
export interface Piece {
	/** The piece as it stands in the text; all pieces together are the text again. */
	surface: string;
	/** The analyser's part of speech; undefined for white space. */
	tag: string | undefined;
}

/** Cuts a text into its pieces. */
export type Analyser = (text: string) => Piece[];

import { loadJieba } from './jieba.js';
import { loadLindera } from './lindera.js';
import type { Analyser, Language } from './morpheme.js';

const LOADERS: Record<Language, () => Promise<Analyser>> = {
	kor: () => loadLindera('ko-dic'),
	jpn: () => loadLindera('ipadic'),
	chi: loadJieba,
};

const loaded = new Map<Language, Promise<Analyser>>();

/** The analyser of a language, loaded when it is asked for first and kept for as long as this runs. */
export function analyserOf(language: Language): Promise<Analyser> {
	const present = loaded.get(language);
	if (present) return present;
	const loading = LOADERS[language]();
	loaded.set(language, loading);
	// What could not be loaded is tried again by the next request.
	loading.catch(() => loaded.delete(language));
	return loading;
}

/** A setting that can't be used; the message is one sentence for whoever started the server. */
export class SettingsProblem extends Error {}

/** What a number may be. */
export interface NumberRange {
	lowest: number;
	highest: number;
	/** Whether fractions are refused. */
	whole: boolean;
}

/** Environment variables; one that is empty counts as unset. */
export class Environment {
	constructor(private readonly variables: NodeJS.ProcessEnv) {}

	/** The text of a variable, white space around it left out; undefined where it is unset. */
	text(name: string): string | undefined {
		return this.variables[name]?.trim() || undefined;
	}

	/** The number in a variable, or the default where it is unset. */
	number(name: string, byDefault: number, range: NumberRange): number {
		const value = this.text(name);
		if (value === undefined) return byDefault;
		const number = Number(value);
		const fits = number >= range.lowest && number <= range.highest;
		if (!fits || (range.whole && !Number.isInteger(number))) {
			const kind = range.whole ? 'a whole number' : 'a number';
			throw new SettingsProblem(
				`${name} is "${value}": give ${kind} from ${range.lowest} to ${range.highest}.`,
			);
		}
		return number;
	}
}

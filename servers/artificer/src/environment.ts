/** A setting from the environment that can't be used; the message is for the person who set it. */
export class SettingError extends Error {}

/** The process' environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's text; an empty one counts as one that isn't set, as compose files write it. */
export function text(env: Environment, name: string): string | undefined {
	const value = env[name]?.trim();
	return value === '' ? undefined : value;
}

/** The whole number in a variable, or its default; undefined where there is neither. */
export function whole<Default extends number | undefined>(
	env: Environment,
	name: string,
	range: [number, number],
	byDefault: Default,
): number | Default {
	const value = text(env, name);
	if (value === undefined) return byDefault;
	const [least, most] = range;
	const number = /^\d+$/.test(value) ? Number(value) : NaN;
	if (number >= least && number <= most) return number;
	const otherwise =
		byDefault === undefined ? 'to go without it' : `for the default of ${byDefault}`;
	throw new SettingError(
		`${name} is "${value}", but has to be a whole number from ${least} to ${most}. ` +
			`Change it, or unset it ${otherwise}.`,
	);
}

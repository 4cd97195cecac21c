/**
 * Five suites, from quick to slow: `unit` needs only the sources, `contract` the built servers,
 * `executor` the pinned n8n, `editor` a Chromium as well, `faults` the system's PostgreSQL and Redis;
 * it has the machine to itself, by `npm run test:faults`.
 */
const suites = ['unit', 'contract', 'executor', 'editor', 'faults'];

module.exports = {
	// In ms; a real n8n needs up to 13 s to start, and a cluster that recovers a minute.
	testTimeout: 180_000,
	projects: suites.map((suite) => ({
		displayName: suite,
		rootDir: __dirname,
		testEnvironment: 'node',
		testMatch: [`<rootDir>/test/${suite}/**/*.test.ts`],
		modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.sandbox', '<rootDir>/servers/.*/dist'],
		transform: {
			'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json', diagnostics: false }],
		},
	})),
};

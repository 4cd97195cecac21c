import n8nCommunityNodes from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const { community, credentials, nodes } = n8nNodesBase.configs;

export default tseslint.config(
	{
		ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '.sandbox/**', 'coverage/**'],
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nCommunityNodes.configs.recommendedWithoutN8nCloudSupport],
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodes.rules,
			// These two ask for the literal ['main'], which the newer plugin forbids (node-connection-type-literal).
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...credentials.rules,
			// Asks for a page name in n8n's own docs; ours are elsewhere, as the newer plugin allows (credential-documentation-url).
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['nodes/QuorumMerge/QuorumMerge.node.ts'],
		// As a tool n8n would take its inputs away, and there would be nothing to merge.
		rules: { '@n8n/community-nodes/node-usable-as-tool': 'off' },
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: {
			...community.rules,
			// gRPC, retries and the cache are what this package is for, and n8n brings no library for them.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// JSON is no statement.
			'@typescript-eslint/no-unused-expressions': 'off',
		},
	},
);

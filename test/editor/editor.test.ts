import { describeAccessibility } from './cases/accessibility';
import { describeCredentials } from './cases/credentials';
import { describeExecutions } from './cases/executions';
import { describeForm } from './cases/form';
import { describeNodePanel } from './cases/nodePanel';
import { describeStopping } from './cases/stopping';
import { describeTemplates } from './cases/templates';
import { findBrowser, howToGetOne } from './support/browser';
import { Stage } from './support/stage';

/** Everything must run where the environment says so: there a missing browser is a failure. */
const required = process.env.ARTIFICER_TEST_EVERYTHING === '1';
const possible = required || findBrowser() !== undefined;
if (!possible) {
	process.stderr.write(
		`The editor's tests were NOT run: there is no Chromium or Chrome (${howToGetOne}).\n`,
	);
}

/** One sandbox and one browser for all: n8n takes longer to start than most of these take to run. */
(possible ? describe : describe.skip)('the editor of the sandbox, in a browser', () => {
	let stage: Stage;
	const onStage = () => stage;

	beforeAll(async () => {
		stage = await Stage.open();
	});

	afterAll(async () => await stage?.close());

	describe('the list of nodes', () => describeNodePanel(onStage));
	describe('the credentials', () => describeCredentials(onStage));
	describe('the executions', () => describeExecutions(onStage));
	describe('the Stop button', () => describeStopping(onStage));
	describe('a template', () => describeTemplates(onStage));
	describe('a form', () => describeForm(onStage));
	describe('what is ours to show', () => describeAccessibility(onStage));
});

import { agentCases } from './agentCases';
import { batchCases } from './batchCases';
import { callCases } from './callCases';
import { documentCases } from './documentCases';
import { Live } from './live';
import { manyCases } from './manyCases';
import { recoveryCases } from './recoveryCases';
import { translationCases } from './translationCases';
import { triggerCases } from './triggerCases';
import { uploadCases } from './uploadCases';

/** All in one file, because they share one n8n: starting it takes longer than most of the cases. */
describe('the templates in the real n8n', () => {
	let live: Live;

	beforeAll(async () => {
		live = await Live.start();
	});

	afterAll(async () => {
		await live?.stop();
	});

	describe('for documents', () => documentCases(() => live));
	describe('for uploads', () => uploadCases(() => live));
	describe('for translation', () => translationCases(() => live));
	describe('with triggers', () => triggerCases(() => live));
	describe('with an agent', () => agentCases(() => live));
	describe('called by other workflows', () => callCases(() => live));
	describe('with many items and none', () => manyCases(() => live));
	describe('for many machines', () => batchCases(() => live));
	// Last, because it kills n8n.
	describe('for what was cut off', () => recoveryCases(() => live));
});

import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { WorkflowBuilder } from '../../executor/support/building';
import type { Stage } from '../support/stage';

const five = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];

/** The Stop button of a running execution. */
export function describeStopping(stage: () => Stage): void {
	let server: FableForgeServer;

	beforeAll(async () => {
		// Longer than any test may take: only Stop ends these.
		server = await FableForgeServer.start({
			FABLEFORGE_DELAY_MS: '600000',
			FABLEFORGE_MAX_REQUESTS: String(five.length),
		});
	});

	afterAll(async () => await server?.stop('SIGKILL'));

	// Broken by a signal that doesn't reach the wire.
	it('cancels what the server is at work on', async () => {
		const slow = await stage().addCredential('A slow FableForge', 'fableForgeApi', {
			baseUrl: server.url,
			authentication: 'none',
		});
		const parameters = {
			resource: 'text',
			operation: 'refine',
			text: '안녕하세요',
			language: 'kor',
		};
		const workflow = new WorkflowBuilder()
			.fableForge(
				'Refine',
				{ ...parameters, specialists: five, options: {} },
				{ credentials: { fableForgeApi: slow } },
			)
			.chain('Start', 'Refine')
			.build();
		const id = await stage().addWorkflow({ ...workflow, name: 'To be stopped' });
		await stage().inEditor('stopped', async (editor) => {
			await editor.openWorkflow(id);
			await editor.execute();
			await server.waitUntilBusy();
			await editor.page.getByTestId('stop-execution-button').click();
			const lines = await server.waitForRequests(five.length, ({ aborted }) => aborted);
			expect(lines.map(({ specialist }) => specialist).sort()).toEqual(five);
			await editor.page.getByTestId('stop-execution-button').waitFor({ state: 'hidden' });
		});
		const [execution] = await stage().executionsOf(id);
		expect((await stage().ended(execution)).status).toBe('canceled');
	});
}

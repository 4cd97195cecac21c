import { once } from 'node:events';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { fields, guidePdf, settings } from './files';
import { jsonOf, soon, succeeded, until, withFailingSpecialists, type Live } from './live';

/** A schedule that comes round every second. */
const everySecond = {
	rule: { interval: [{ field: 'cronExpression', expression: '* * * * * *' }] },
};
/** Longer than a run takes on a busy machine: what one keeps is read by the next. */
const byInterval = { rule: { interval: [{ field: 'seconds', secondsInterval: 3 }] } };

export function triggerCases(live: () => Live) {
	describe('nightly-translation', () => {
		const begin = async (name: string, choices = {}) => {
			const folder = path.join(live().n8n.filesFolder, name);
			await mkdir(folder);
			await writeFile(path.join(folder, 'a.txt'), '안녕하세요.');
			await writeFile(path.join(folder, 'b.txt'), '이것은 테스트입니다.');
			const parameters = {
				'Every Night at Two': everySecond,
				Settings: fields({ folder, language: 'kor' }),
			};
			const workflow = await live().activate('nightly-translation', { ...choices, parameters });
			return { folder, workflow };
		};

		it('fires by its cron, writes results and a report, and does nothing twice; broken by a text that is translated again', async () => {
			const { folder, workflow } = await begin('nights');
			const result = path.join(folder, 'a.translation.json');
			const report = path.join(folder, 'translation-report.html');
			await until(async () => await stat(report).catch(() => undefined));
			const { mtimeMs } = await stat(result);
			await writeFile(path.join(folder, 'c.txt'), '새로운 글입니다.');
			await until(
				async () => await stat(path.join(folder, 'c.translation.json')).catch(() => undefined),
			);
			await live().deactivate(workflow);
			expect((await stat(result)).mtimeMs).toBe(mtimeMs);
			expect(JSON.parse(await readFile(result, 'utf8'))).toMatchObject({
				document_id: 'a.txt',
				status: 'success',
				result: { metadata: { specialists_succeeded: 5 } },
			});
			expect(await readdir(folder)).toContain('b.translation.json');
		});

		it('keeps what failed for the next night, and reports it; broken by a result file of a failure', async () => {
			const { folder, workflow } = await begin('bad-nights', withFailingSpecialists);
			const report = path.join(folder, 'translation-report.html');
			const text = await until(
				async () => (await readFile(report, 'utf8').catch(() => '')) || undefined,
			);
			await live().deactivate(workflow);
			expect(text).toContain('0 of 2 translated');
			expect(text).toContain('Only 0/5 specialists succeeded');
			expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.txt', 'translation-report.html']);
		});
	});

	it('health-check: fires by its interval, and tells only when the state changes; broken by a state that is not kept', async () => {
		const told: string[] = [];
		const listener = await listen(told);
		const port = (listener.address() as AddressInfo).port;
		let service = await FableForgeServer.start({});
		const servicePort = new URL(service.url).port;
		const data = { baseUrl: service.url, authentication: 'none' };
		const fableForgeApi = await live().credential('fableForgeApi', data);
		const workflow = await live().activate('health-check', {
			credentials: { fableForgeApi },
			options: { 'n8n-nodes-artificer.fableForge': { retries: 0 } },
			parameters: {
				'Every Five Minutes': byInterval,
				Settings: fields({ notify_url: `http://127.0.0.1:${port}/` }),
			},
		});
		try {
			const [first] = await live().executions(workflow, 2);
			if (!first) throw new Error('It has not run');
			expect(jsonOf(succeeded(first), 'State')).toMatchObject([{ state: 'ok' }]);
			expect(told).toEqual([]);
			await service.stop();
			await until(async () => told[0]);
			const before = (await live().n8n.executionsOf(workflow)).length;
			await live().executions(workflow, before + 2);
			expect(told).toEqual(['FableForge is down.']);
			service = await FableForgeServer.start({ FABLEFORGE_PORT: servicePort });
			await until(async () => told[1]);
			expect(told).toEqual(['FableForge is down.', 'All services are well again.']);
		} finally {
			await live().deactivate(workflow);
			await service.stop();
			listener.close();
		}
	});

	it('health-check: an Artificer that is down is told of once; broken by a message each time', async () => {
		const told: string[] = [];
		const listener = await listen(told);
		const port = (listener.address() as AddressInfo).port;
		const workflow = await live().activate('health-check', {
			credentials: { artificerApi: 'artificerApi-gone' },
			options: { 'n8n-nodes-artificer.artificer': { retries: 0 } },
			parameters: {
				'Every Five Minutes': byInterval,
				Settings: fields({ notify_url: `http://127.0.0.1:${port}/` }),
			},
		});
		try {
			const runs = await live().executions(workflow, 3);
			for (const run of runs) {
				expect(jsonOf(succeeded(run), 'State')).toMatchObject([{ state: 'Artificer is down' }]);
			}
			expect(told).toEqual(['Artificer is down.']);
		} finally {
			await live().deactivate(workflow);
			listener.close();
		}
	});

	it('batch-pdf: fires by its schedule; broken by a schedule that reaches no file', async () => {
		const folder = path.join(live().n8n.filesFolder, 'scheduled');
		await mkdir(folder);
		await writeFile(path.join(folder, 'guide.pdf'), guidePdf);
		const workflow = await live().activate('batch-pdf', {
			parameters: { 'Every Hour': soon(), Settings: fields({ folder, files: [] }) },
		});
		const [run] = await live().executions(workflow, 1);
		await live().deactivate(workflow);
		expect(run?.mode).toBe('trigger');
		expect(run && jsonOf(succeeded(run), 'Results')).toMatchObject([
			{ filename: 'guide.pdf', status: 'success' },
		]);
		expect(await readFile(path.join(folder, 'pdf-results.csv'), 'utf8')).toContain('guide.pdf');
	});

	describe('retry-failed-runs', () => {
		/** A workflow that reads a file, and fails while that isn't there. */
		const failing = async (name: string) => {
			const n8nApi = await live().apiKey(['execution:retry']);
			const handler = await live().activate('retry-failed-runs', {
				credentials: { n8nApi },
				parameters: {
					...settings('retry-failed-runs', { n8n_url: live().n8n.address }),
					'Wait 30 Seconds': { amount: 1 },
				},
			});
			const file = path.join(live().n8n.filesFolder, `${name}.txt`);
			const workflow = await live().n8n.importWorkflow({
				id: name,
				name,
				nodes: [
					{
						id: `${name}1`,
						name: 'Webhook',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						position: [0, 0],
						webhookId: name,
						parameters: { path: name, options: {} },
					},
					{
						id: `${name}2`,
						name: 'Read',
						type: 'n8n-nodes-base.readWriteFile',
						typeVersion: 1.1,
						position: [200, 0],
						parameters: { operation: 'read', fileSelector: file, options: {} },
					},
				],
				connections: { Webhook: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
				settings: { executionOrder: 'v1', errorWorkflow: handler },
			});
			await live().n8n.activate(workflow);
			await fetch(`${live().n8n.address}/webhook/${name}`);
			return { workflow, handler, file };
		};

		it('is started by the failure, and runs it again from the node that failed; broken by a retry that is not made', async () => {
			const { workflow, handler, file } = await failing('fails-once');
			const [first] = await live().executions(workflow, 1);
			expect(first?.status).toBe('error');
			await writeFile(file, 'now it is there');
			const [, second] = await live().executions(workflow, 2);
			if (!second) throw new Error('It was not tried again');
			expect(succeeded(second).mode).toBe('retry');
			expect(second.data.resultData.runData.Read?.at(-1)?.executionStatus).toBe('success');
			const [handled] = await live().executions(handler, 1);
			expect(handled && succeeded(handled).data.resultData.runData['Run It Again']).toBeDefined();
			await rm(file);
		});

		it('gives up when the second try fails, too; broken by a third try', async () => {
			const { workflow, handler } = await failing('fails-twice');
			const runs = await live().executions(handler, 2);
			const [tried, gaveUp] = runs.map((run) => succeeded(run).data.resultData.runData);
			expect(tried?.['Run It Again']).toBeDefined();
			expect(gaveUp?.['Given Up']).toBeDefined();
			expect(gaveUp?.['Run It Again']).toBeUndefined();
			expect((await live().n8n.executionsOf(workflow)).length).toBe(2);
		});
	});
}

/** Notes what it is told, as a chat's incoming webhook would. */
async function listen(told: string[]): Promise<Server> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			told.push((JSON.parse(Buffer.concat(parts).toString()) as { text: string }).text);
			response.end('ok');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

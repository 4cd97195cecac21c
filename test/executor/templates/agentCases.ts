import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guidePdf, type Choices } from './files';
import { succeeded, withoutServices, type Live } from './live';

interface Message {
	role: string;
	content: string | null;
}

export function agentCases(live: () => Live) {
	/** Asks the agent in the chat, as its page does; gives what its tool told the model, and the answer. */
	const ask = async (file: Buffer | undefined, choices: Choices = {}) => {
		const heard: Message[][] = [];
		const model = await startModel(heard);
		const url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
		const openAiApi = await live().credential('openAiApi', { apiKey: 'none', url });
		try {
			const workflow = await live().activate('agent-with-documents', {
				...choices,
				credentials: { ...choices.credentials, openAiApi },
				parameters: {
					'When a Message Comes': {
						public: true,
						mode: 'hostedChat',
						options: { allowFileUploads: true, allowedFilesMimeTypes: 'application/pdf' },
					},
				},
			});
			const form = new FormData();
			form.append('action', 'sendMessage');
			form.append('sessionId', 'a session');
			form.append('chatInput', 'What is the title?');
			if (file) form.append('files', new Blob([file], { type: 'application/pdf' }), 'guide.pdf');
			const address = `${live().n8n.address}/webhook/${workflow}/chat`;
			const response = await fetch(address, { method: 'POST', body: form });
			const [run] = await live().executions(workflow, 1);
			expect(run && succeeded(run).data.resultData.runData['Read Attached PDF']).toBeDefined();
			const told = heard.at(-1)?.find(({ role }) => role === 'tool')?.content;
			return { told, answer: await response.json() };
		} finally {
			model.close();
		}
	};
	const answer = { output: 'It is a small guide.' };

	it('agent-with-documents: the agent reads the attached PDF by its tool and answers from it; broken by a tool that gets another file or none', async () => {
		const asked = await ask(guidePdf);
		expect(asked.told).toContain('A Small Guide to Reading Documents by Machine');
		expect(asked.answer).toMatchObject(answer);
	});

	it('agent-with-documents: without a file the model is told so, and answers; broken by a chat that ends in an error', async () => {
		const asked = await ask(undefined);
		expect(asked.told).toContain('has no file');
		expect(asked.answer).toMatchObject(answer);
	});

	it('agent-with-documents: the model is told that Artificer is gone, and answers; broken by a tool that is silent', async () => {
		const asked = await ask(guidePdf, withoutServices);
		expect(asked.told).toContain('127.0.0.1:1');
		expect(asked.answer).toMatchObject(answer);
	});
}

/** Chat completions as a model gives them that first calls the tool and then answers. */
async function startModel(heard: Message[][]): Promise<Server> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { messages, tools } = JSON.parse(Buffer.concat(parts).toString()) as {
				messages: Message[];
				tools: Array<{ function: { name: string } }>;
			};
			heard.push(messages);
			const name = tools.find((tool) => /pdf/i.test(tool.function.name))?.function.name ?? '';
			const call = { id: 'call_1', type: 'function', function: { name, arguments: '{}' } };
			const message = messages.some(({ role }) => role === 'tool')
				? { role: 'assistant', content: 'It is a small guide.' }
				: { role: 'assistant', content: null, tool_calls: [call] };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'answer',
					object: 'chat.completion',
					created: 0,
					model: 'stand-in',
					choices: [{ index: 0, message, finish_reason: message.content ? 'stop' : 'tool_calls' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

import { describeFableForgeCalls } from '../../contract/nodes/fableForgeCalls';
import { N8nSender } from './n8nSender';

let n8n: N8nSender;

beforeAll(async () => {
	n8n = await N8nSender.start();
});

afterAll(async () => {
	await n8n?.close();
});

describeFableForgeCalls("n8n's own client", async (request) => await n8n.send(request));

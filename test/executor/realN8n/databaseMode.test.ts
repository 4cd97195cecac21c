import { describeOperations } from './operations';
import { startWorld, type World } from './world';

// How n8n keeps files where several processes share the work.
let world: World;

beforeAll(async () => {
	world = await startWorld({ N8N_DEFAULT_BINARY_DATA_MODE: 'database' });
});

afterAll(async () => {
	await world?.close();
});

describeOperations(() => world, 'database');

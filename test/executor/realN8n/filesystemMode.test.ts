import { describeCredentialTests } from './credentialTests';
import { describeOperations, describeThousandItems } from './operations';
import { describeCallsInFlight } from './stopping';
import { startWorld, type World } from './world';

// n8n's default: one start of n8n for all that is shown with it.
let world: World;

beforeAll(async () => {
	world = await startWorld();
});

afterAll(async () => {
	await world?.close();
});

describe('the packed package in n8n', () => {
	describeCallsInFlight(() => world);
	describeThousandItems(() => world);
});
describeCredentialTests(() => world);
describeOperations(() => world, 'filesystem');

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { chosenOperation } from '../shared/chosenOperation';
import { describeOperations } from '../shared/describe';
import { runItems } from '../shared/runItems';
import { operations, resources } from './operations';
import { artificerService } from './transport/artificerService';
import type { ArtificerCredential } from './transport/connection';
import { artificerConnectionTest } from './transport/connectionTest';

export class Artificer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Artificer',
		name: 'artificer',
		icon: { light: 'file:artificer.svg', dark: 'file:artificer.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read, convert, cut and count documents with an Artificer server',
		defaults: { name: 'Artificer' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'artificerApi', required: true, testedBy: 'artificerConnectionTest' }],
		properties: describeOperations(resources, operations),
	};

	methods = { credentialTest: { artificerConnectionTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(this, operations);
		return await runItems(this, operation, async () => {
			const credential = await this.getCredentials<ArtificerCredential>('artificerApi');
			return artificerService(credential);
		});
	}
}

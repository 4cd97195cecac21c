import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { FableForgeCredential } from '../../credentials/FableForgeApi.credentials';
import { chosenOperation } from '../shared/chosenOperation';
import { describeOperations } from '../shared/describe';
import { digestOf } from '../shared/digest';
import { runItems } from '../shared/runItems';
import { operations, resources } from './operations';
import { callEndpoint } from './transport/callEndpoint';
import { fableForgeConnectionTest } from './transport/connectionTest';
import type { EndpointRequest } from './transport/endpoint';
import { n8nSender } from './transport/sender';

export class FableForge implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'FableForge',
		name: 'fableForge',
		icon: { light: 'file:fableforge.svg', dark: 'file:fableforge.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Clean, tag and refine texts with the specialists of a FableForge service',
		defaults: { name: 'FableForge' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fableForgeApi', required: true, testedBy: 'fableForgeConnectionTest' }],
		properties: describeOperations(resources, operations),
	};

	methods = { credentialTest: { fableForgeConnectionTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(this, operations);
		return await runItems(this, operation, async () => {
			const credential = await this.getCredentials<FableForgeCredential>('fableForgeApi');
			const send = n8nSender(this);
			return {
				identity: digestOf(credential),
				send: async (endpoint, request, attempt) =>
					await callEndpoint(send, credential, endpoint, request as EndpointRequest, attempt),
			};
		});
	}
}

import type { Operation, Resource } from '../../shared/operation';
import type { Endpoint } from '../transport/endpoint';
import { callEndpoint } from './callEndpoint';
import { checkHealth } from './checkHealth';
import { cleanUpText } from './cleanUpText';
import { getInfo } from './getInfo';
import { refineText } from './refineText';
import { selectBest } from './selectBest';
import { tagText } from './tagText';

/** The groups of operations; the first is what a newly added node shows. */
export const resources: Resource[] = [
	{ name: 'Text', value: 'text', description: 'Clean, tag, refine and choose texts' },
	{ name: 'Service', value: 'service', description: 'Look after the service itself' },
];

/** Every operation of the FableForge node; within a resource the first is preselected. */
export const operations: Array<Operation<Endpoint>> = [
	refineText,
	cleanUpText,
	tagText,
	selectBest,
	checkHealth,
	getInfo,
	callEndpoint,
];

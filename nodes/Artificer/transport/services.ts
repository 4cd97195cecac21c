import { join } from 'node:path';

import {
	loadPackageDefinition,
	type MethodDefinition,
	type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

import type { ConversionServiceDefinition } from './generated/artificer/ConversionService';
import type { ImageServiceDefinition } from './generated/artificer/ImageService';
import type { MetricsServiceDefinition } from './generated/artificer/MetricsService';
import type { PDFServiceDefinition } from './generated/artificer/PDFService';
import type { TextServiceDefinition } from './generated/artificer/TextService';

interface Definitions {
	ConversionService: ConversionServiceDefinition;
	ImageService: ImageServiceDefinition;
	MetricsService: MetricsServiceDefinition;
	PDFService: PDFServiceDefinition;
	TextService: TextServiceDefinition;
}

/** One of Artificer's five gRPC services. */
export type Service = keyof Definitions;

/** The RPCs of a service; the generated definitions allow any name, which is of no use here. */
export type MethodOf<S extends Service> = keyof {
	[M in keyof Definitions[S] as string extends M ? never : M]: M;
} &
	string;

export type RequestOf<S extends Service, M extends MethodOf<S>> = Definitions[S][M] extends {
	requestSerialize: (request: infer Request) => Buffer;
}
	? Request
	: never;

export type ResponseOf<S extends Service, M extends MethodOf<S>> = Definitions[S][M] extends {
	responseDeserialize: (bytes: Buffer) => infer Response;
}
	? Response
	: never;

/** The name of an RPC. */
export interface Rpc {
	service: Service;
	method: string;
}

/** Where the .proto files lie: beside `nodes` in the checkout, and in the published package, too. */
const protoFolder = join(__dirname, '..', '..', '..', 'proto');

const protoFiles = ['conversion', 'image', 'metrics', 'pdf', 'text'].map(
	(name) => `artificer/${name}_service.proto`,
);

let clients: Record<Service, ServiceClientConstructor> | undefined;

/** How a method is called on the wire: its path, and how its messages are written and read. */
export function methodOf({ service, method }: Rpc): MethodDefinition<unknown, unknown> {
	const definition = clientClasses()[service].service[method];
	if (!definition) throw new Error(`The .proto files have no ${service}.${method}.`);
	return definition;
}

/** The client classes of all services, read from the .proto files at the first call. */
export function clientClasses(): Record<Service, ServiceClientConstructor> {
	clients ??= load();
	return clients;
}

function load(): Record<Service, ServiceClientConstructor> {
	const definition = loadSync(protoFiles, {
		includeDirs: [protoFolder],
		keepCase: true,
		longs: Number,
		enums: String,
		defaults: true,
		oneofs: true,
	});
	const { artificer } = loadPackageDefinition(definition);
	return artificer as unknown as Record<Service, ServiceClientConstructor>;
}

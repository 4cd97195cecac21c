import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { checkout, deploy, node24, ownImages, read } from './files';

const run = promisify(execFile);
const folder = path.join(deploy, 'kubernetes');

interface Container {
	name: string;
	image: string;
	env?: Array<{ name: string; value?: string; valueFrom?: { secretKeyRef?: object } }>;
	resources?: { requests?: object; limits?: object };
	securityContext?: object;
	startupProbe?: object;
	readinessProbe?: object;
	livenessProbe?: object;
}

interface Manifest {
	kind: string;
	metadata: { name: string };
	data?: Record<string, string>;
	spec?: {
		template?: {
			spec: { containers: Container[]; initContainers?: Container[]; securityContext: object };
		};
	};
}

const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
const manifests = files.flatMap((file) =>
	parseAllDocuments(read('deploy', 'kubernetes', file)).map(
		(document) => document.toJS() as Manifest,
	),
);
const pods = manifests.flatMap(({ kind, metadata, spec }) =>
	kind === 'Deployment' && spec?.template ? [{ name: metadata.name, ...spec.template.spec }] : [],
);
const containers = pods.flatMap(({ containers, initContainers = [] }) => [
	...containers,
	...initContainers,
]);

// Broken by an unknown field (a misspelt probe), a wrong type, a missing field.
test('the manifests are what the schemas of Kubernetes allow', async () => {
	const checker = path.join(__dirname, 'checkManifests.mjs');
	const { stdout } = await run(node24, [checker, folder], { cwd: checkout });
	expect(JSON.parse(stdout)).toEqual({ checked: manifests.length, wrong: [] });
});

// Broken by a file that is forgotten in the list.
test('kustomization.yaml lists all files', () => {
	const { resources } = parse(read('deploy', 'kubernetes', 'kustomization.yaml')) as {
		resources: string[];
	};
	expect([...resources].sort()).toEqual(files.sort());
});

// Broken by a container that may write its image, run as root, or take the whole machine.
test('every container runs as a user, on a read-only image, within limits', () => {
	expect(pods.map(({ name }) => name).sort()).toEqual(
		['artificer', 'fableforge', 'n8n-main', 'n8n-webhook', 'n8n-worker'].sort(),
	);
	for (const { securityContext } of pods) {
		expect(securityContext).toMatchObject({
			runAsNonRoot: true,
			seccompProfile: { type: 'RuntimeDefault' },
		});
	}
	for (const { securityContext, resources } of containers) {
		expect(securityContext).toEqual({
			readOnlyRootFilesystem: true,
			allowPrivilegeEscalation: false,
			capabilities: { drop: ['ALL'] },
		});
		expect(Object.keys(resources?.requests ?? {})).toEqual(['cpu', 'memory']);
		expect(Object.keys(resources?.limits ?? {})).toEqual(['cpu', 'memory']);
	}
});

// Broken by a container without a probe.
test('every container that goes on running is probed at its start, for readiness and for life', () => {
	for (const { name, startupProbe, readinessProbe, livenessProbe } of pods.flatMap(
		({ containers }) => containers,
	)) {
		expect([name, startupProbe, readinessProbe, livenessProbe]).not.toContain(undefined);
	}
});

// Broken by a token that is written into a manifest, and by a Secret that is committed.
test('no secret stands in the manifests', () => {
	expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
	const secret = /PASSWORD|KEY|TOKEN|SECRET/;
	for (const { env = [] } of containers) {
		for (const { name, value, valueFrom } of env.filter(({ name }) => secret.test(name))) {
			expect([name, value, Object.keys(valueFrom ?? {})]).toEqual([
				name,
				undefined,
				['secretKeyRef'],
			]);
		}
	}
	for (const { data = {} } of manifests) {
		expect(Object.keys(data).filter((name) => secret.test(name))).toEqual([]);
	}
});

// Broken by a release that forgets the tags.
test('the images carry the versions of what is in them', () => {
	expect([...new Set(containers.map(({ image }) => image))].sort()).toEqual(ownImages().sort());
});

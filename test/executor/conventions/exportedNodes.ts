import type { CodexData, INodeTypeDescription } from 'n8n-workflow';

import { HostProcess } from '../support/hostProcess';

/** A node as n8n's editor gets it. */
export interface ExportedNode extends INodeTypeDescription {
	codex?: CodexData;
	/** What the files of its icons hold. */
	icons: string[];
}

/** What the real n8n exports of this package, by the node's name without the package's. */
export async function exportedNodes(): Promise<Map<string, ExportedNode>> {
	const host = await HostProcess.start('../conventions/exportHost.mjs');
	try {
		const nodes = await host.call<ExportedNode[]>('nodesOf', 'n8n-nodes-artificer');
		return new Map(nodes.map((node) => [node.name.slice(node.name.indexOf('.') + 1), node]));
	} finally {
		await host.close();
	}
}

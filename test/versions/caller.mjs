// @ts-check

/**
 * A workflow that hands a file to a template as its sub-workflow («Define Below»), which is how a
 * template that starts by a form can be run by n8n's command.
 *
 * @param {import('../../sandbox/lib/templates.mjs').Template} template
 * @param {string} file a path that n8n may read
 */
export function callerOf({ id, name, nodes, connections, settings }, file) {
	// Without its id, under which n8n would look for it to note the execution.
	const inside = { name, nodes, connections, settings };
	return {
		id: `call-${id}`,
		name: `Calls ${name}`,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}, 0),
			node('File', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: file, options: {} }, 200),
			node(
				'Call',
				'n8n-nodes-base.executeWorkflow',
				1.1,
				{ source: 'parameter', workflowJson: JSON.stringify(inside), options: {} },
				400,
			),
		],
		connections: { Start: to('File'), File: to('Call') },
	};
}

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {object} parameters
 * @param {number} x
 */
function node(name, type, typeVersion, parameters, x) {
	return { id: name, name, type, typeVersion, parameters, position: [x, 0] };
}

/** @param {string} name */
function to(name) {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

// @ts-check

/**
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status `success`, `error`, `crashed`, `canceled`, `waiting`, …
 * @property {string} startedAt ISO 8601
 * @property {string} stoppedAt ISO 8601
 * @property {RunData} data
 */

/**
 * @typedef {object} RunData what n8n keeps of a run
 * @property {object} resultData
 * @property {Record<string, NodeRun[]>} resultData.runData the runs of each node, by its name
 * @property {string} [resultData.lastNodeExecuted]
 * @property {{ message: string, description?: string, node?: { name: string } }} [resultData.error]
 */

/**
 * @typedef {object} NodeRun
 * @property {string} executionStatus
 * @property {number} startTime ms since 1970
 * @property {number} executionTime ms
 * @property {{ main?: ({ json: Record<string, any>, binary?: Record<string, any> }[] | null)[] }} [data]
 * @property {{ message: string }} [error]
 */

export {};

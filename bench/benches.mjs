// @ts-check

/**
 * The measurements, in the order of docs/performance.md. Each is a module of that name beside this
 * file, whose `bench()` gives its findings.
 */
export const benches = ['fanout', 'node', 'artificer', 'fableforge', 'scale', 'soak'];

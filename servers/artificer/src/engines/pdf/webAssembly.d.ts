/*
 * What of WebAssembly is used here: the types of Node 24 lack it, and those of browsers have it
 * among a thousand globals that no server has.
 */
declare namespace WebAssembly {
	class Module {
		private constructor();
	}
	class Instance {
		constructor(module: Module, imports: object);
		readonly exports: object;
	}
	function compile(bytes: Uint8Array): Promise<Module>;
}

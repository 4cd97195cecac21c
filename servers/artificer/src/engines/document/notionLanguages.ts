/** The languages that the Notion API knows; it refuses others. From its reference, "code". */
const KNOWN = new Set(
	(
		'abap,abc,agda,arduino,ascii art,assembly,bash,basic,bnf,c,c#,c++,clojure,coffeescript,coq,css,' +
		'dart,dhall,diff,docker,ebnf,elixir,elm,erlang,f#,flow,fortran,gherkin,glsl,go,graphql,groovy,' +
		'haskell,hcl,html,idris,java,javascript,json,julia,kotlin,latex,less,lisp,livescript,llvm ir,lua,' +
		'makefile,markdown,markup,matlab,mathematica,mermaid,nix,notion formula,objective-c,ocaml,pascal,' +
		'perl,php,plain text,powershell,prolog,protobuf,purescript,python,r,racket,reason,ruby,rust,sass,' +
		'scala,scheme,scss,shell,smalltalk,solidity,sql,swift,toml,typescript,vb.net,verilog,vhdl,' +
		'visual basic,webassembly,xml,yaml'
	).split(','),
);

/** What authors write for languages that Notion names otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
	js: 'javascript',
	jsx: 'javascript',
	mjs: 'javascript',
	ts: 'typescript',
	tsx: 'typescript',
	py: 'python',
	rb: 'ruby',
	rs: 'rust',
	sh: 'shell',
	zsh: 'shell',
	console: 'shell',
	yml: 'yaml',
	md: 'markdown',
	cpp: 'c++',
	cs: 'c#',
	csharp: 'c#',
	fs: 'f#',
	dockerfile: 'docker',
	golang: 'go',
	hs: 'haskell',
	kt: 'kotlin',
	ps1: 'powershell',
	proto: 'protobuf',
	tex: 'latex',
	wasm: 'webassembly',
	text: 'plain text',
	txt: 'plain text',
};

/** Notion's name of a code block's language; `plain text` for what it doesn't know. */
export function notionLanguage(language: string): string {
	const [word = ''] = language.toLowerCase().trim().split(/\s/);
	const name = Object.hasOwn(OTHER_NAMES, word) ? (OTHER_NAMES[word] ?? word) : word;
	return KNOWN.has(name) ? name : 'plain text';
}

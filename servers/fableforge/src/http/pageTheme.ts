/**
 * Colours of the page about the endpoints, where Swagger UI's own have too little contrast for many
 * readers: all are at least 4.5 to 1 (WCAG AA) on what is behind them. Its store of drawings is kept
 * from screen readers, which would tell of a picture without a name.
 */
export const PAGE_THEME = {
	title: 'FableForge: endpoints',
	css: [
		{
			filename: 'contrast.css',
			content: `
.swagger-ui .topbar { display: none; }
.swagger-ui .svg-assets { visibility: hidden; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0b6b43; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1a5fa8; }
.swagger-ui .info .title small { background: #55606b; }
.swagger-ui .info .title small.version-stamp { background: #3f6600; }
.swagger-ui .btn.authorize, .swagger-ui .btn.try-out__btn { color: #0b6b43; border-color: #0b6b43; }
.swagger-ui .btn.authorize svg { fill: #0b6b43; }
.swagger-ui .btn.cancel { color: #b3261e; border-color: #b3261e; }
.swagger-ui .parameter__type, .swagger-ui .parameter__in, .swagger-ui .prop-format,
.swagger-ui .response-col_links, .swagger-ui .parameter__deprecated, .swagger-ui .tab li,
.swagger-ui .response-control-media-type__accept-message { color: #4a4f57; }
.swagger-ui .response-control-media-type__accept-message { color: #0b6b43; }
.swagger-ui .prop-type { color: #3d3d8f; }
.swagger-ui .language-json span { color: #fff !important; }
.swagger-ui .info a, .swagger-ui a { color: #1a5fa8; }
`,
		},
	],
};

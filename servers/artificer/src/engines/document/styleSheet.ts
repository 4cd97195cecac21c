/**
 * How exported pages look: readable measure, CJK fonts where the system has them, light and dark.
 * Its selectors name elements only, so that it fits any class name. Text has a contrast of at least
 * 7 to 1, links of 4.5 to 1. Nothing scrolls within the page: a keyboard couldn't reach what is hidden.
 */
export const STYLE_SHEET = `:root { color-scheme: light dark; }
body { margin: 0; background: #fff; color: #1c1c1e; line-height: 1.65;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR",
    "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 0.6em; }
h1 { margin-top: 0; }
a { color: #0b57d0; }
img { max-width: 100%; height: auto; }
figure { margin: 1.5em 0; }
figcaption { color: #4a4a4f; font-size: 0.9em; }
blockquote { margin: 1.2em 0; padding: 0 0 0 1em; border-inline-start: 0.25em solid #b8b8bd; }
pre { white-space: pre-wrap; padding: 1em; background: #f3f3f5; border-radius: 0.4em; line-height: 1.45; }
code { font-family: ui-monospace, "SFMono-Regular", Consolas, monospace; font-size: 0.92em; }
table { border-collapse: collapse; overflow-wrap: anywhere; }
th, td { border: 1px solid #b8b8bd; padding: 0.4em 0.7em; text-align: start; }
th { background: #f3f3f5; }
hr { border: 0; border-top: 1px solid #b8b8bd; margin: 2em 0; }
@media (prefers-color-scheme: dark) {
  body { background: #1c1c1e; color: #f2f2f4; }
  a { color: #8ab4f8; }
  figcaption { color: #c4c4c9; }
  pre, th { background: #2c2c2f; }
  blockquote, th, td, hr { border-color: #5a5a5f; }
}
`;

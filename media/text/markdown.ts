import MarkdownIt from 'markdown-it';

/**
 * Markdown of a log to HTML text for the one component that sanitises it. No HTML of the log comes through, links are
 * their words with the address beside them, images are their address: nothing is loaded, nothing can be followed.
 */
export function toHtml(markdown: string): string {
  return renderer.render(markdown);
}

// people write messages, and programs paste logs into them, line by line: a line break is one here
const renderer = new MarkdownIt('default', {
  html: false,
  breaks: true,
  linkify: false,
  typographer: false,
});

const { escapeHtml } = renderer.utils;

renderer.renderer.rules['link_open'] = () => '<span class="cs-md-link">';
renderer.renderer.rules['link_close'] = (tokens, index) => {
  const address = hrefOf(tokens, index);
  const isOwnText = tokens[index - 1]?.content === address;
  const shown = isOwnText ? '' : ` <code>${escapeHtml(address)}</code>`;
  const copy = `data-copy="${escapeHtml(address)}"`;
  const button = `<button type="button" class="cs-icon" title="Copy address" aria-label="Copy address" ${copy}><span class="codicon codicon-copy small"></span></button>`;
  return `${shown}${button}</span>`;
};
renderer.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const words = token?.content ? `${escapeHtml(token.content)}, ` : '';
  const address = escapeHtml(String(token?.attrGet('src') ?? ''));
  return `<span class="cs-media"><span class="codicon codicon-file-media small"></span> image, not loaded: ${words}<code>${address}</code></span>`;
};
// markdown-it aligns cells by a style attribute, which the page's policy blocks and reports
for (const rule of ['th_open', 'td_open']) {
  renderer.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token && String(token.attrGet('style')).includes('right')) {
      token.attrSet('class', 'n');
    }
    if (token) {
      token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null;
    }
    return self.renderToken(tokens, index, options);
  };
}

interface LinkToken {
  readonly type: string;
  readonly content: string;
  attrGet(name: string): string | number | null;
}

/** Address of the link that ends here: links do not nest, so it is the last one that began. */
function hrefOf(tokens: readonly LinkToken[], end: number): string {
  for (let index = end; index >= 0; index--) {
    const token = tokens[index];
    if (token?.type === 'link_open') {
      return String(token.attrGet('href') ?? '');
    }
  }
  return '';
}

import DOMPurify from 'dompurify';
import { ReactiveElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { toHtml } from './markdown';
import { plainNodes } from './plainText';

const allowedTags =
  'p br hr h1 h2 h3 h4 h5 h6 strong em s code pre ul ol li blockquote table thead tbody tr th td span button';
const allowedAttributes = 'class type title start data-copy aria-label';

/**
 * Markdown shown as people write it. The only place of the page where text of a log passes through HTML, and it passes
 * through a sanitiser with a short list of tags on its way. A click on an address copies it; nothing is ever opened.
 */
@customElement('callsight-rendered')
export class RenderedElement extends ReactiveElement {
  @property() markdown = '';
  /** Gets the address that the reader wants to copy. */
  @property({ attribute: false }) copy: (text: string) => void = () => {};

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.onClick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.onClick);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    if (!changed.has('markdown')) {
      return;
    }
    const fragment = DOMPurify.sanitize(toHtml(this.markdown), {
      ALLOWED_TAGS: allowedTags.split(' '),
      ALLOWED_ATTR: allowedAttributes.split(' '),
      ALLOW_ARIA_ATTR: false,
      ALLOW_DATA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    });
    nameHiddenCharacters(fragment);
    const body = document.createElement('div');
    body.className = 'cs-md';
    body.dir = 'auto';
    body.append(fragment);
    this.replaceChildren(body);
  }

  private readonly onClick = (event: Event): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    const address = target?.getAttribute('data-copy');
    if (address) {
      this.copy(address);
    }
  };
}

function nameHiddenCharacters(fragment: DocumentFragment): void {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      texts.push(node);
    }
  }
  for (const text of texts) {
    const nodes = plainNodes(text.data);
    if (nodes.some(node => node instanceof Element)) {
      text.replaceWith(...nodes);
    }
  }
}

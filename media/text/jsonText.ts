import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/json';
import { ReactiveElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNodes } from './plainText';

/** Coloured up to here; a larger text stays plain, so that opening it never blocks the page. */
const colouredCharacters = 300_000;

const highlighter = tagHighlighter([
  { tag: tags.propertyName, class: 'k' },
  { tag: tags.string, class: 's' },
  { tag: tags.number, class: 'n' },
  { tag: tags.bool, class: 'b' },
  { tag: tags.null, class: 'b' },
]);

/** JSON text in colours, as nodes; text that is no JSON stays as it is. */
@customElement('callsight-json')
export class JsonElement extends ReactiveElement {
  @property() json = '';
  /** Stands in a block with a background of its own. */
  @property({ type: Boolean }) block = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const pre = document.createElement('pre');
    pre.className = this.block ? 'cs-json cs-block' : 'cs-json';
    pre.dir = 'ltr';
    pre.append(...toNodes(this.json));
    this.replaceChildren(pre);
  }
}

function toNodes(json: string): readonly Node[] {
  if (json.length > colouredCharacters) {
    return plainNodes(json);
  }
  const nodes: Node[] = [];
  let from = 0;
  const plainUntil = (end: number) => {
    if (end > from) {
      nodes.push(...plainNodes(json.slice(from, end)));
    }
  };
  try {
    highlightTree(parser.parse(json), highlighter, (start, end, classes) => {
      plainUntil(start);
      const span = document.createElement('span');
      span.className = classes;
      span.append(...plainNodes(json.slice(start, end)));
      nodes.push(span);
      from = end;
    });
  } catch {
    // nested deeper than the stack: colours are a comfort, the text is what counts
    return plainNodes(json);
  }
  plainUntil(json.length);
  return nodes;
}

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../components/icon';
import { counted } from '../display';
import { entriesOf, preview } from './jsonValue';
import { plainText } from './plainText';

/** Children of one node that are shown at first, and by how many more at a time. */
const pageSize = 50;
/** Most characters of one value in the tree; the whole stands in Raw and in the editor. */
const valueCharacters = 2000;

/** An object or a list as a tree that opens level by level: a large value costs only what is looked at. */
@customElement('callsight-tree')
export class JsonTreeElement extends LitElement {
  @property({ attribute: false }) value: unknown;
  @property() name = 'Value';
  @state() private open: ReadonlySet<string> = new Set(['']);
  @state() private shown: ReadonlyMap<string, number> = new Map();
  @state() private active = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="cs-json cs-jtree"
      role="tree"
      aria-label=${this.name}
      dir="ltr"
      @keydown=${this.onKey}
    >
      ${this.node('', undefined, this.value, 1)}
    </div>`;
  }

  private node(path: string, key: string | undefined, value: unknown, level: number): unknown {
    const entries = entriesOf(value);
    const isOpen = entries !== undefined && this.open.has(path);
    const shown = this.shown.get(path) ?? pageSize;
    const rest = (entries?.length ?? 0) - shown;
    return html`<div
        role="treeitem"
        class="cs-level"
        data-path=${path}
        aria-level=${level}
        aria-expanded=${entries === undefined ? nothing : isOpen}
        tabindex=${path === this.active ? 0 : -1}
        @click=${() => this.activate(path, entries !== undefined)}
      >
        ${Array.from({ length: level - 1 }, () => html`<i></i>`)}
        ${icon(entries === undefined ? 'blank' : isOpen ? 'chevron-down' : 'chevron-right', 'small')}
        <span>${key === undefined ? nothing : keyText(key)}${valueText(value, isOpen)}</span>
      </div>
      ${
        isOpen
          ? entries
              .slice(0, shown)
              .map(([name, item]) => this.node(`${path}/${escapeKey(name)}`, name, item, level + 1))
          : nothing
      }
      ${
        isOpen && rest > 0
          ? html`<div role="treeitem" class="cs-level" aria-level=${level + 1}>
              ${Array.from({ length: level }, () => html`<i></i>`)}
              <button
                type="button"
                class="cs-link"
                tabindex="-1"
                @click=${() => this.showMore(path, shown)}
              >
                … ${counted(rest, 'more', 'more')}
              </button>
            </div>`
          : nothing
      }`;
  }

  private activate(path: string, opens: boolean): void {
    this.active = path;
    if (opens) {
      this.toggle(path);
    }
  }

  private toggle(path: string): void {
    const open = new Set(this.open);
    if (!open.delete(path)) {
      open.add(path);
    }
    this.open = open;
  }

  private showMore(path: string, shown: number): void {
    this.shown = new Map(this.shown).set(path, shown + 10 * pageSize);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const items = [...this.querySelectorAll<HTMLElement>('[data-path]')];
    const at = items.findIndex(item => item.dataset['path'] === this.active);
    const item = items[at];
    const expanded = item?.getAttribute('aria-expanded');
    let target: HTMLElement | undefined;
    if (event.key === 'ArrowDown') {
      target = items[at + 1];
    } else if (event.key === 'ArrowUp') {
      target = items[at - 1];
    } else if (event.key === 'Home') {
      target = items[0];
    } else if (event.key === 'End') {
      target = items.at(-1);
    } else if (
      (event.key === 'ArrowRight' && expanded === 'false') ||
      (event.key === 'ArrowLeft' && expanded === 'true') ||
      ((event.key === 'Enter' || event.key === ' ') && expanded)
    ) {
      this.toggle(this.active);
    } else if (event.key === 'ArrowRight') {
      target = items[at + 1];
    } else if (event.key === 'ArrowLeft') {
      const parent = this.active.slice(0, Math.max(0, this.active.lastIndexOf('/')));
      target = items.find(other => other.dataset['path'] === parent);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (target) {
      this.active = target.dataset['path'] ?? '';
      target.focus();
    }
  };
}

function escapeKey(key: string): string {
  return key.replaceAll('/', '~1');
}

function keyText(key: string): TemplateResult {
  return html`<span class="k">${plainText(key)}</span>: `;
}

function valueText(value: unknown, isOpen: boolean): unknown {
  if (Array.isArray(value)) {
    return html`<span class="m">[${value.length}]${isOpen ? '' : ` ${preview(value)}`}</span>`;
  }
  if (typeof value === 'object' && value !== null) {
    const size = Object.keys(value).length;
    return html`<span class="m">{${size}} ${isOpen ? nothing : plainText(preview(value))}</span>`;
  }
  if (typeof value === 'string') {
    const cut = value.length > valueCharacters;
    const text = JSON.stringify(cut ? value.slice(0, valueCharacters) : value);
    return html`<span class="s">${plainText(text)}</span>${
        cut
          ? html`<span class="m">
              … ${counted(value.length - valueCharacters, 'character')} more</span
            >`
          : nothing
      }`;
  }
  const kind = typeof value === 'number' ? 'n' : 'b';
  return html`<span class=${kind}>${String(value)}</span>`;
}

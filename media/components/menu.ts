import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from './icon';

export interface MenuItem {
  readonly label: string;
  /** Said at the end of the line, small. */
  readonly note?: string;
  readonly run: () => void;
}

let menus = 0;

/** A button that opens a short menu below it: arrows move, Escape closes and gives the focus back. */
@customElement('callsight-menu')
export class MenuElement extends LitElement {
  @property() label = '';
  @property() icon = '';
  @property() hint = '';
  /** Only the icon is shown. */
  @property({ type: Boolean }) bare = false;
  /** Opens towards the start of the line, for buttons at its end. */
  @property({ type: Boolean }) atEnd = false;
  /** Groups of items, with a line between them. */
  @property({ attribute: false }) groups: readonly (readonly MenuItem[])[] = [];
  @state() private open = false;
  private readonly menuId = `menu-${++menus}`;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.onOutside, true);
  }

  protected override render(): TemplateResult {
    return html`<span class="cs-menu-wrap" @keydown=${this.onKey}>
      <button
        type="button"
        class=${this.bare ? 'cs-icon' : 'cs-button'}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        aria-controls=${this.open ? this.menuId : nothing}
        aria-label=${this.hint}
        title=${this.hint}
        @click=${() => (this.open ? this.close(true) : this.show())}
      >
        ${icon(this.icon)}
        ${
          this.bare
            ? nothing
            : html`<span class="label">${this.label}</span>${icon('chevron-down', 'small')}`
        }
      </button>
      ${
        this.open
          ? html`<div
              class="cs-menu ${this.atEnd ? 'at-end' : ''}"
              role="menu"
              id=${this.menuId}
              aria-label=${this.label || this.hint}
            >
              ${this.groups.map(
                (group, index) =>
                  html`${index > 0 ? html`<hr role="separator" />` : nothing}
                  ${group.map(item => this.item(item))}`,
              )}
            </div>`
          : nothing
      }
    </span>`;
  }

  /** Opens it with the focus on the first item. */
  show(): void {
    this.open = true;
    document.addEventListener('pointerdown', this.onOutside, true);
    void this.updateComplete.then(() => this.items()[0]?.focus());
  }

  private item(item: MenuItem): TemplateResult {
    return html`<button
      type="button"
      role="menuitem"
      tabindex="-1"
      @click=${() => {
        this.close(true);
        item.run();
      }}
    >
      ${item.label}${item.note ? html`<span class="cs-small">${item.note}</span>` : nothing}
    </button>`;
  }

  private close(giveFocusBack: boolean): void {
    this.open = false;
    document.removeEventListener('pointerdown', this.onOutside, true);
    if (giveFocusBack) {
      this.querySelector('button')?.focus();
    }
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  private readonly onOutside = (event: Event): void => {
    if (event.target instanceof Node && !this.contains(event.target)) {
      this.close(false);
    }
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.open) {
      return;
    }
    const items = this.items();
    const at = items.findIndex(item => item === document.activeElement);
    if (event.key === 'Escape') {
      this.close(true);
    } else if (event.key === 'Tab') {
      this.close(false);
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      items[(at + step + items.length) % items.length]?.focus();
    } else if (event.key === 'Home' || event.key === 'End') {
      items.at(event.key === 'Home' ? 0 : -1)?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

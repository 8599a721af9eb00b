import { html, nothing, type TemplateResult } from 'lit';
import type { PanelStore } from '../panelStore';
import { plainText } from '../text/plainText';
import { icon } from './icon';

let ids = 0;
const idsByFold = new Map<string, string>();

function domId(fold: string): string {
  const known = idsByFold.get(fold);
  if (known) {
    return known;
  }
  const made = `fold-${++ids}`;
  idsByFold.set(fold, made);
  return made;
}

/** A line that opens what is below it; remembered by `id`. The content is made only while it is open. */
export function fold(
  store: PanelStore,
  options: {
    readonly id: string;
    readonly title: string;
    readonly note?: unknown;
    readonly openAtFirst?: boolean;
    readonly content: () => unknown;
  },
): TemplateResult {
  const { folds } = store.state;
  const isOpen = folds.get(options.id) ?? options.openAtFirst ?? false;
  const bodyId = domId(options.id);
  const toggle = () => store.set({ folds: new Map(folds).set(options.id, !isOpen) });
  return html`<button
      type="button"
      class="cs-fold-row"
      data-fold=${options.id}
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? bodyId : nothing}
      @click=${toggle}
    >
      ${icon('chevron-right')}<span class="cs-fold-title">${plainText(options.title)}</span
      ><span class="cs-clip cs-muted">${options.note ?? nothing}</span>
    </button>
    ${isOpen ? html`<div id=${bodyId}>${options.content()}</div>` : nothing}`;
}

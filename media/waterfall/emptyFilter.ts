import { html, type TemplateResult } from 'lit';
import { icon } from '../components/icon';
import type { PanelStore } from '../panelStore';
import { plainText } from '../text/plainText';

/** Nothing matches: the parts of the filter as words that can be taken out. */
export function emptyFilter(store: PanelStore): TemplateResult {
  const { state, derived } = store;
  const terms = derived.filter.ok ? derived.filter.terms : [];
  const without = (start: number, end: number) =>
    `${state.filter.slice(0, start)}${state.filter.slice(end)}`.trim();
  return html`<div class="cs-empty" role="status">
    <p>No span matches</p>
    <div class="cs-words">
      ${terms.map(
        ({ text, start, end }) =>
          html`<button
            type="button"
            class="cs-button"
            aria-label="Remove ${text}"
            @click=${() => store.set({ filter: without(start, end) })}
          >
            <span class="cs-code">${plainText(text)}</span>${icon('close', 'small')}
          </button>`,
      )}
    </div>
    <button
      type="button"
      class="cs-link"
      @click=${() => store.set({ filter: '', onlyErrors: false })}
    >
      Clear filter
    </button>
  </div>`;
}

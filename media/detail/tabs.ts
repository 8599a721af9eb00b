import { html, nothing, type TemplateResult } from 'lit';
import type { SpanDetail } from '../../src/protocol/engineContract';
import type { PanelStore } from '../panelStore';
import { views } from '../views/index';
import type { View } from '../views/view';

/** The parts that a span has, in order. */
export function viewsOf(detail: SpanDetail): readonly View[] {
  return views.filter(view => view.appliesTo(detail));
}

/** Tabs of the parts and the part that is chosen; a choice that this span has not falls back to its first. */
export function tabs(store: PanelStore, detail: SpanDetail): TemplateResult {
  const fitting = viewsOf(detail);
  const chosen = fitting.find(({ id }) => id === store.state.tab) ?? fitting[0];
  return html`<div
      class="cs-tabs"
      role="tablist"
      aria-label="Parts of the call"
      @keydown=${(event: KeyboardEvent) => onKey(event, store, fitting, chosen)}
    >
      ${fitting.map(
        ({ id, title }, index) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${id}"
            aria-controls=${id === chosen?.id ? `part-${id}` : nothing}
            aria-selected=${id === chosen?.id}
            tabindex=${id === chosen?.id ? 0 : -1}
            title="${title(detail)} (${index + 1})"
            @click=${() => store.set({ tab: id })}
          >
            ${title(detail)}
          </button>`,
      )}
    </div>
    ${
      chosen
        ? html`<div
            role="tabpanel"
            class="cs-tabpanel"
            id="part-${chosen.id}"
            aria-labelledby="tab-${chosen.id}"
            tabindex="0"
          >
            ${chosen.render(store, detail)}
          </div>`
        : nothing
    }`;
}

function onKey(
  event: KeyboardEvent,
  store: PanelStore,
  fitting: readonly View[],
  chosen: View | undefined,
): void {
  const at = fitting.findIndex(view => view === chosen);
  const to = new Map([
    ['ArrowRight', at + 1],
    ['ArrowLeft', at - 1],
    ['Home', 0],
    ['End', fitting.length - 1],
  ]).get(event.key);
  if (to === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const next = fitting[(to + fitting.length) % fitting.length];
  if (next) {
    store.set({ tab: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  }
}

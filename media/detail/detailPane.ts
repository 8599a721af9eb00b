import { html, nothing, type TemplateResult } from 'lit';
import { problemNote } from '../components/problem';
import type { PanelStore } from '../panelStore';
import { spanKeyOf } from '../selection';
import { attempts } from './attempts';
import { detailHead } from './detailHead';
import { diagnosisCard } from './diagnosisCard';
import { findings } from './findings';
import { otherDetail } from './otherDetail';
import { tabs } from './tabs';

/** Everything of the selected row. What stands stays until its successor is there. */
export function detailPane(store: PanelStore): TemplateResult {
  const { state } = store;
  return html`<div class="cs-pane cs-detail-pane">
    ${state.detailBusy ? html`<div class="cs-progress" role="progressbar" aria-label="Reading"></div>` : nothing}
    <section
      class="cs-detail"
      id="detail"
      aria-label="Selected span"
      @scroll=${(event: Event) => {
        // the listener sits on the scrolling element itself
        store.note({ detailScroll: (event.target as HTMLElement).scrollTop });
      }}
    >
      ${state.actionProblem ? problemNote(store, state.actionProblem) : nothing}${content(store)}
    </section>
  </div>`;
}

function content(store: PanelStore): unknown {
  const { state, derived } = store;
  const row = derived.byId.get(state.selectedId ?? '');
  if (row && row.type !== 'span') {
    return otherDetail(store, row);
  }
  const { detail, detailProblem } = state;
  if (detailProblem) {
    const key = spanKeyOf(row);
    const open =
      key === undefined
        ? nothing
        : html`<button
            type="button"
            class="cs-button"
            @click=${() => store.act(client => client.openSource({ key, index: 0 }))}
          >
            Open log line
          </button>`;
    return problemNote(store, detailProblem, open);
  }
  if (!detail) {
    return nothing;
  }
  return html`${detailHead(store, detail)}${diagnosisCard(store, detail)}${attempts(store, detail)}${findings(detail.findings)}${tabs(store, detail)}`;
}

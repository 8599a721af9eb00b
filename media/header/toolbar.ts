import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconButton } from '../components/icon';
import type { MenuItem } from '../components/menu';
import { count } from '../display';
import type { PanelStore } from '../panelStore';
import { zoomBy } from '../waterfall/zoomBy';

const quickFilters: readonly (readonly [string, string])[] = [
  ['Failed', 'status:error'],
  ['Model calls', 'kind:call'],
  ['Tools', 'kind:tool'],
  ['Slower than 2 s', 'latency:>2s'],
  ['More than 10,000 input tokens', 'input:>10000'],
];

/** Traces from this size on are filtered when the typing rests. */
const manySpans = 3000;
const restMs = 120;
let filterTimer: number | undefined;

/** Filter, switches and zoom above the waterfall. */
export function toolbar(store: PanelStore): TemplateResult {
  const { state, derived } = store;
  const errors = state.trace?.trace.errors ?? 0;
  return html`<div class="cs-toolbar" role="toolbar" aria-label="Trace">
    ${filterField(store)}
    ${
      errors > 0 || state.onlyErrors
        ? html`<button
            type="button"
            class="cs-toggle"
            aria-pressed=${state.onlyErrors}
            aria-label="Only what failed: ${count(errors)}"
            title="Only what failed"
            @click=${() => store.set({ onlyErrors: !state.onlyErrors })}
          >
            ${icon('error')} ${count(errors)}
          </button>`
        : nothing
    }
    ${
      derived.critical.size > 0
        ? html`<button
            type="button"
            class="cs-toggle hide-s"
            aria-pressed=${state.criticalPath}
            title="What the trace waited for, from its start to its end"
            @click=${() => store.set({ criticalPath: !state.criticalPath })}
          >
            ${icon('git-commit')} Critical path
          </button>`
        : nothing
    }
    <span class="cs-sep hide-s"></span>
    ${iconButton({
      icon: 'zoom-out',
      name: 'Zoom out',
      keys: '-',
      disabled: state.zoom === undefined,
      run: () => zoomBy(store, -1),
    })}
    ${iconButton({ icon: 'zoom-in', name: 'Zoom in', keys: '+', run: () => zoomBy(store, 1) })}
    <span class="hide-s">
      ${iconButton({
        icon: 'screen-full',
        name: 'Fit the trace',
        keys: '0',
        disabled: state.zoom === undefined,
        run: () => store.set({ zoom: undefined }),
      })}
    </span>
    <span class="cs-sep hide-s"></span>
    <span class="hide-s"
      >${iconButton({
        icon: 'layout-sidebar-right',
        name: 'Detail',
        pressed: state.showDetail,
        run: () => store.set({ showDetail: !state.showDetail }),
      })}</span
    >
  </div>`;
}

/** Typing never waits for the result: that comes when the fingers rest, at once in a small trace. */
function filterSoon(store: PanelStore, filter: string): void {
  window.clearTimeout(filterTimer);
  const spans = store.state.trace?.spans.length ?? 0;
  if (spans < manySpans) {
    store.set({ filter });
    return;
  }
  filterTimer = window.setTimeout(() => store.set({ filter }), restMs);
}

function filterField(store: PanelStore): TemplateResult {
  const { state, derived } = store;
  const { filter } = derived;
  const add = (term: string) => store.set({ filter: `${state.filter} ${term}`.trim() });
  const groups: readonly (readonly MenuItem[])[] = [
    quickFilters.map(([label, term]) => ({ label, note: term, run: () => add(term) })),
  ];
  return html`<div class="cs-filter">
    <div class="cs-input ${filter.ok ? '' : 'bad'}">
      ${icon('search')}
      <input
        type="text"
        id="filter"
        spellcheck="false"
        autocomplete="off"
        aria-label="Filter spans"
        aria-invalid=${!filter.ok}
        aria-describedby=${filter.ok ? nothing : 'filter-problem'}
        placeholder='Filter spans: status:error tool:search latency:>2s "free text"'
        .value=${state.filter}
        @input=${(event: Event) => {
          // the listener sits on the input itself
          filterSoon(store, (event.target as HTMLInputElement).value);
        }}
      />
      ${
        state.filter === ''
          ? nothing
          : iconButton({
              icon: 'close',
              name: 'Clear filter',
              run: () => store.set({ filter: '' }),
            })
      }
      <callsight-menu
        bare
        atEnd
        icon="filter"
        hint="Quick filters"
        .groups=${groups}
      ></callsight-menu>
    </div>
    ${
      filter.ok
        ? nothing
        : html`<div class="cs-filter-problem cs-small" id="filter-problem" role="status">
            <span class="cs-code"
              >${state.filter.slice(0, filter.start)}<b>${state.filter.slice(filter.start, filter.end)}</b>${state.filter.slice(filter.end)}</span
            >
            <p>${filter.message}</p>
          </div>`
    }
  </div>`;
}

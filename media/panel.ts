import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';

import type { TraceDetail } from '../src/protocol/engineContract';
import { problemNote } from './components/problem';
import { sash } from './components/sash';
import { styles } from './components/styles';
import { detailPane } from './detail/detailPane';
import { counted } from './display';
import { head } from './header/head';
import { toolbar } from './header/toolbar';
import { onPanelKey } from './keys';
import type { PanelStore } from './panelStore';
import { markWords } from './text/foundWords';
import { emptyFilter } from './waterfall/emptyFilter';
import { legend } from './waterfall/legend';
import type { WaterfallElement } from './waterfall/waterfallElement';

/** Width below which the panes stack, pixels; layout.css has the same. */
const stackedBelow = 840;

/** The trace panel: figures, waterfall, detail. */
@customElement('callsight-panel')
export class PanelElement extends LitElement {
  @property({ attribute: false }) store: PanelStore | undefined;
  @state() private stacked = false;
  private resize: ResizeObserver | undefined;
  private shownDetail: string | undefined;
  private markedDetail: string | undefined;
  private shownWords: readonly string[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    this.addEventListener('enter-detail', this.onEnterDetail);
    this.resize = new ResizeObserver(() => {
      this.stacked = this.clientWidth <= stackedBelow;
    });
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
    this.removeEventListener('enter-detail', this.onEnterDetail);
    this.resize?.disconnect();
  }

  protected override updated(): void {
    const { store } = this;
    const key = store?.state.detail?.span.key;
    if (store && key !== this.shownDetail) {
      this.shownDetail = key;
      // another span begins at its top; the one of before the reload where the reader was
      this.querySelector('#detail')?.scrollTo({ top: store.state.detailScroll });
    }
    if (store && (store.state.words.length > 0 || this.shownWords.length > 0)) {
      // rendered texts come into the page after this
      requestAnimationFrame(() => this.markFound(store));
    }
  }

  /** Marks what was looked for; the span that was asked for begins at the first place. */
  private markFound({ state: shown }: PanelStore): void {
    const place = shown.detail?.span.key;
    const first = markWords(this.querySelector('#detail [role="tabpanel"]'), shown.words);
    const isNew = this.shownWords !== shown.words || this.markedDetail !== place;
    this.shownWords = shown.words;
    this.markedDetail = place;
    if (first && isNew && place === shown.askedSpan && shown.detailScroll === 0) {
      first.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
      const top = first.getBoundingClientRect().top - (this.clientHeight * 2) / 3;
      this.querySelector('#detail')?.scrollBy({ top: Math.max(0, top) });
    }
  }

  protected override render(): TemplateResult {
    const { store } = this;
    if (!store) {
      return html``;
    }
    const { state: shown } = store;
    return html`<main class="cs-panel" aria-label="Trace">
      ${shown.traceBusy ? html`<div class="cs-progress" role="progressbar" aria-label="Reading"></div>` : nothing}
      <div class="cs-said" role="status" aria-live="polite">${shown.said}</div>
      ${shown.traceProblem ? problemNote(store, shown.traceProblem) : nothing}
      ${shown.gone ? gone(shown.trace !== undefined) : nothing}
      ${shown.trace ? html`${this.head(store, shown.trace)}${toolbar(store)}${this.split(store)}` : nothing}
    </main>`;
  }

  private head(store: PanelStore, trace: TraceDetail): unknown {
    const { state: shown, derived } = store;
    // the figures go over all spans: they are made anew only when they can have changed
    const now = derived.running ? shown.now : 0;
    return guard([trace, now, shown.pricesOf], () => head(store, trace));
  }

  private split(store: PanelStore): TemplateResult {
    const { state: shown, derived } = store;
    const { listShare } = shown;
    const rest = 100 - listShare;
    const sizes = this.stacked
      ? {
          '--cs-list-stacked': String(listShare),
          '--cs-rest-stacked': String(rest),
          '--cs-rows': String(derived.visible.length),
        }
      : { '--cs-list': `${listShare}fr`, '--cs-rest': `${rest}fr` };
    const detail = shown.showDetail
      ? html`${sash(store, this.stacked)}${detailPane(store)}`
      : nothing;
    return html`<div class="cs-split ${shown.showDetail ? '' : 'alone'}" ${styles(sizes)}>
      <section class="cs-pane" aria-label="Spans">
        <callsight-waterfall .store=${store} .state=${shown}></callsight-waterfall>
        ${derived.visible.length === 0 ? emptyFilter(store) : nothing}
        ${shown.unseenRows > 0 ? this.pill(shown.unseenRows) : nothing}
        ${guard([shown.trace, shown.criticalPath, derived.critical], () => legend(store))}
      </section>
      ${detail}
    </div>`;
  }

  private pill(unseen: number): TemplateResult {
    return html`<div class="cs-pill">
      <span>${counted(unseen, 'new span')}</span>
      <button type="button" class="cs-button" @click=${() => this.waterfall()?.follow()}>
        Follow
      </button>
    </div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.store) {
      onPanelKey(event, this.store, this.waterfall());
    }
  };

  private readonly onEnterDetail = (): void => {
    const part = this.querySelector<HTMLElement>('#detail [role="tabpanel"]');
    (part ?? this.querySelector<HTMLElement>('#detail button'))?.focus();
  };

  private waterfall(): WaterfallElement | null {
    return this.querySelector<WaterfallElement>('callsight-waterfall');
  }
}

function gone(hasContent: boolean): TemplateResult {
  return html`<div class="cs-problem" role="status">
    <p>
      This trace is no longer in the log: its file was removed or replaced.
      ${hasContent ? 'What was read last stands below.' : ''}
    </p>
  </div>`;
}

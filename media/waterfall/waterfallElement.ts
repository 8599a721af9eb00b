import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { styles } from '../components/styles';
import * as display from '../display';
import type { PanelStore } from '../panelStore';
import { isFailed } from '../selection';
import { label } from '../text/plainText';
import { barLabel, bars, gridLines, type Lane } from './bars';
import { nameCell, rowIcon, timeCell, twistie } from './rowCells';
import { targetOf } from './rowKeys';
import { position, ticks } from './timeAxis';
import type { VisibleRow } from './visibleRows';
import { zoomDrag } from './zoomDrag';

const rowHeight = 22;
const headHeight = 24;
/** Width that a label of the axis needs, pixels. */
const tickWidth = 52;
/** Share of the lane beyond which a label of the axis would be cut. */
const lastLabel = 0.94;
/** Times from here on need a wider column. */
const longTraceMs = 60_000;

/** The rows of a trace on one time axis. Only those in sight are in the page; the row count tells the truth. */
@customElement('callsight-waterfall')
export class WaterfallElement extends LitElement {
  @property({ attribute: false }) store: PanelStore | undefined;
  /** Anything that must draw it again: the state of the panel. */
  @property({ attribute: false }) state: unknown;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private shownCount = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.virtualizer = undefined;
  }

  protected override firstUpdated(): void {
    this.virtualizer = new Virtualizer(this.options());
    this.unmount = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    const scroll = this.store?.state.listScroll ?? 0;
    this.scroller()?.scrollTo({ top: scroll });
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.virtualizer?.setOptions(this.options());
  }

  protected override updated(): void {
    const { store } = this;
    this.virtualizer?._willUpdate();
    const count = this.rows().length;
    if (store && count > this.shownCount && this.shownCount > 0 && store.following) {
      this.follow();
    }
    this.shownCount = count;
    this.noteFollowing();
  }

  /** Goes to the end of the list and stays there while more comes. */
  follow(): void {
    const scroller = this.scroller();
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }

  /** Puts the focus on the selected row and brings it into sight. */
  focusSelected(): void {
    this.reveal();
    void this.updateComplete.then(() => {
      requestAnimationFrame(() => {
        this.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({
          preventScroll: true,
        });
      });
    });
  }

  /** Scrolls the selected row into sight. */
  reveal(): void {
    const index = this.activeIndex();
    if (index >= 0) {
      this.virtualizer?.scrollToIndex(index, { align: 'auto' });
    }
  }

  protected override render(): TemplateResult {
    const { store } = this;
    if (!store) {
      return html``;
    }
    const { derived, state } = store;
    const axis = ticks(derived.window, this.laneWidth() / tickWidth);
    const lane: Lane = {
      start: derived.start,
      window: derived.window,
      ticks: axis.at,
      critical: state.criticalPath ? derived.critical : undefined,
    };
    const items = this.virtualizer?.getVirtualItems() ?? [];
    const height = Math.max(0, (this.virtualizer?.getTotalSize() ?? 0) - headHeight);
    return html`<div
      class="cs-wf ${state.zoom ? 'zoomed' : ''} ${derived.length >= longTraceMs ? 'long' : ''}"
      role="treegrid"
      aria-label="Spans"
      aria-rowcount=${derived.visible.length + 1}
      @keydown=${this.onKey}
      @click=${this.onClick}
      @dblclick=${this.onDoubleClick}
      @pointerdown=${(event: PointerEvent) => zoomDrag(event, store)}
      @scroll=${this.onScroll}
    >
      <div role="row" class="cs-wf-head" aria-rowindex="1">
        <div role="columnheader">Span</div>
        <div role="columnheader">Time</div>
        <div role="columnheader" class="cs-lane" aria-label=${this.axisLabel()}>
          <svg class="cs-bars" aria-hidden="true">
            ${gridLines(lane)}
            ${axis.at
              .filter(tick => position(derived.window, tick) < lastLabel)
              .map(
                tick =>
                  svg`<text x="${position(derived.window, tick) * 100}%" dx="4" y="16">${display.axisTime(tick, axis.step)}</text>`,
              )}
          </svg>
        </div>
      </div>
      <div class="cs-wf-rows" role="rowgroup" ${styles({ height: `${height}px` })}>
        ${repeat(
          items,
          ({ index }) => derived.visible[index]?.row.id ?? index,
          ({ index, start }) => this.row(derived.visible[index], index, start - headHeight, lane),
        )}
      </div>
    </div>`;
  }

  private row(visible: VisibleRow | undefined, index: number, top: number, lane: Lane): unknown {
    const { store } = this;
    if (!visible || !store) {
      return nothing;
    }
    const { row, depth, expanded, context } = visible;
    const { state } = store;
    const isSelected = row.id === state.selectedId;
    const isTabStop = isSelected || (index === 0 && this.activeIndex() < 0);
    const failed = row.type === 'span' && isFailed(row.span);
    const trace = state.trace?.trace;
    const oneModel = (trace?.models.length ?? 0) < 2;
    return html`<div
      role="row"
      class="cs-row ${failed ? 'failed' : ''} ${row.type} ${context ? 'context' : ''}"
      ${styles({ transform: `translateY(${top}px)` })}
      data-index=${index}
      aria-level=${depth + 1}
      aria-rowindex=${index + 2}
      aria-expanded=${expanded ?? nothing}
      aria-selected=${isSelected}
      tabindex=${isTabStop ? 0 : -1}
    >
      <div role="gridcell" class="cs-cell-name">
        <span class="cs-guides"
          >${Array.from({ length: Math.min(depth, 40) + 1 }, () => html`<i></i>`)}</span
        >${twistie(expanded)}<span
          class="codicon codicon-${rowIcon(row)} cs-kind"
          aria-hidden="true"
        ></span
        >${nameCell(row, trace, oneModel)}
      </div>
      <div role="gridcell" class="cs-num">${label(timeCell(row, state.now))}</div>
      <div role="gridcell" class="cs-lane">
        <svg class="cs-bars" role="img" aria-label=${barLabel(row, lane)}>
          ${gridLines(lane)}${bars(row, lane, expanded === false)}
        </svg>
      </div>
    </div>`;
  }

  private options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count: this.rows().length,
      getScrollElement: () => this.scroller(),
      estimateSize: () => rowHeight,
      overscan: 8,
      paddingStart: headHeight,
      scrollPaddingStart: headHeight,
      // the row that holds the tab stop stays in the page, wherever the list is scrolled to
      rangeExtractor: range => {
        const active = this.activeIndex();
        const indexes = defaultRangeExtractor(range);
        return active < 0 || indexes.includes(active)
          ? indexes
          : [...indexes, active].sort((a, b) => a - b);
      },
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.requestUpdate(),
    };
  }

  private rows(): readonly VisibleRow[] {
    return this.store?.derived.visible ?? [];
  }

  private activeIndex(): number {
    const selected = this.store?.state.selectedId;
    return this.rows().findIndex(({ row }) => row.id === selected);
  }

  private scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.cs-wf');
  }

  private laneWidth(): number {
    return this.querySelector('.cs-wf-head > .cs-lane')?.clientWidth ?? 300;
  }

  private axisLabel(): string {
    const { from = 0, to = 0 } = this.store?.derived.window ?? {};
    return `Timeline, ${display.duration(from)} to ${display.duration(to)}`;
  }

  private noteFollowing(): void {
    const scroller = this.scroller();
    const { store } = this;
    if (!scroller || !store) {
      return;
    }
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    store.following = below < rowHeight;
    if (store.following && store.state.unseenRows > 0) {
      store.set({ unseenRows: 0 });
    }
  }

  private rowOf(event: Event): VisibleRow | undefined {
    const element = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    return this.rows()[Number(element?.getAttribute('data-index') ?? -1)];
  }

  private readonly onScroll = (): void => {
    this.noteFollowing();
    this.store?.note({ listScroll: this.scroller()?.scrollTop ?? 0 });
  };

  private readonly onClick = (event: MouseEvent): void => {
    const visible = this.rowOf(event);
    if (!visible || !this.store) {
      return;
    }
    const onTwistie = event.target instanceof Element && event.target.closest('.cs-twistie');
    if (onTwistie && visible.expanded !== undefined) {
      this.setOpen(visible, !visible.expanded);
    }
    this.store.select(visible.row.id);
    this.focusSelected();
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const visible = this.rowOf(event);
    if (visible?.expanded !== undefined && !(event.target as Element).closest('.cs-twistie')) {
      this.setOpen(visible, !visible.expanded);
    }
  };

  private setOpen({ row }: VisibleRow, open: boolean): void {
    const { store } = this;
    store?.set({ folds: new Map(store.state.folds).set(`row:${row.id}`, open) });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { store } = this;
    const rows = this.rows();
    const at = Math.max(0, this.activeIndex());
    const current = rows[at];
    if (!store || !current || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const pageRows = Math.floor((this.scroller()?.clientHeight ?? 0) / rowHeight) - 2;
    const target = targetOf(event.key, rows, at, pageRows);
    if (target === undefined) {
      if (event.key === 'Enter') {
        event.preventDefault();
        store.select(current.row.id);
        this.dispatchEvent(new CustomEvent('enter-detail', { bubbles: true }));
      } else if (event.key === ' ') {
        event.preventDefault();
        store.select(current.row.id);
      }
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (target.kind === 'open') {
      this.setOpen(current, target.open);
      return;
    }
    const next = rows[target.index];
    if (next) {
      store.select(next.row.id);
      this.focusSelected();
    }
  };
}

import { html, nothing, svg, type TemplateResult } from 'lit';
import { styles } from '../components/styles';
import * as display from '../display';
import type { PanelStore } from '../panelStore';
import { isFailed } from '../selection';
import { label } from '../text/plainText';
import { barLabel, bars, gridLines, type Lane } from './bars';
import { nameCell, rowIcon, timeCell, twistie } from './rowCells';
import { position } from './timeAxis';
import type { VisibleRow } from './visibleRows';

/** Share of the lane beyond which a label of the axis would be cut. */
const lastLabel = 0.94;
/** Levels that indent; deeper ones stay where they are, else a deep trace has no room for names. */
const deepestIndent = 40;

/** The first row: names of the columns and the time axis. `stepMs` is between two ticks. */
export function headRow(lane: Lane, stepMs: number): TemplateResult {
  const { from, to } = lane.window;
  const name = `Timeline, ${display.duration(from)} to ${display.duration(to)}`;
  const labelled = lane.ticks.filter(tick => position(lane.window, tick) < lastLabel);
  return html`<div role="row" class="cs-wf-head" aria-rowindex="1">
    <div role="columnheader">Span</div>
    <div role="columnheader">Time</div>
    <div role="columnheader" class="cs-lane" aria-label=${name}>
      <svg class="cs-bars" aria-hidden="true">
        ${gridLines(lane)}
        ${labelled.map(
          tick =>
            svg`<text x="${position(lane.window, tick) * 100}%" dx="4" y="16">${display.axisTime(tick, stepMs)}</text>`,
        )}
      </svg>
    </div>
  </div>`;
}

/** Where a row stands among those of the list. */
export interface RowPlace {
  readonly index: number;
  /** Pixels below the head. */
  readonly top: number;
  /** Tab stops here when no row is selected. */
  readonly isFirstStop: boolean;
}

/** One row: name, time and bar. */
export function rowTemplate(
  store: PanelStore,
  visible: VisibleRow,
  { index, top, isFirstStop }: RowPlace,
  lane: Lane,
): TemplateResult {
  const { row, depth, expanded, context } = visible;
  const { state } = store;
  const isSelected = row.id === state.selectedId;
  const failed = row.type === 'span' && isFailed(row.span) ? 'failed' : '';
  const trace = state.trace?.trace;
  const indents = Array.from({ length: Math.min(depth, deepestIndent) + 1 }, () => html`<i></i>`);
  return html`<div
    role="row"
    class="cs-row ${failed} ${row.type} ${context ? 'context' : ''}"
    ${styles({ transform: `translateY(${top}px)` })}
    data-index=${index}
    aria-level=${depth + 1}
    aria-rowindex=${index + 2}
    aria-expanded=${expanded ?? nothing}
    aria-selected=${isSelected}
    tabindex=${isSelected || isFirstStop ? 0 : -1}
  >
    <div role="gridcell" class="cs-cell-name">
      <span class="cs-guides">${indents}</span>${twistie(expanded)}<span
        class="codicon codicon-${rowIcon(row)} cs-kind"
        aria-hidden="true"
      ></span
      >${nameCell(row, trace)}
    </div>
    <div role="gridcell" class="cs-num">${label(timeCell(row, state.now))}</div>
    <div role="gridcell" class="cs-lane">
      <svg class="cs-bars" role="img" aria-label=${barLabel(row, lane)}>
        ${gridLines(lane)}${bars(row, lane, expanded === false)}
      </svg>
    </div>
  </div>`;
}

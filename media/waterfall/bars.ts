import { nothing, svg, type SVGTemplateResult } from 'lit';
import * as display from '../display';
import type { Interval } from './gaps';
import { barKind, mergeBars } from './mergedBars';
import type { Row } from './rows';
import { position, type TimeWindow } from './timeAxis';

/** What all rows of a waterfall share. */
export interface Lane {
  /** Epoch ms of the trace's first start. */
  readonly start: number;
  readonly window: TimeWindow;
  /** Ticks, milliseconds after the start. */
  readonly ticks: readonly number[];
  readonly critical: ReadonlyMap<string, readonly Interval[]> | undefined;
}

/** Share of the lane below which a bar is drawn as a line, which never gets thinner than a pixel. */
const thinnestBar = 0.006;

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** The lines of the time axis in one row. */
export function gridLines(lane: Lane): readonly SVGTemplateResult[] {
  return lane.ticks
    .filter(tick => tick > lane.window.from)
    .map(tick => {
      const x = percent(position(lane.window, tick));
      return svg`<line class="grid" x1=${x} x2=${x} y1="0" y2="22"></line>`;
    });
}

/** What a row shows in the lane. `folded`: it stands for what is inside it too. */
export function bars(row: Row, lane: Lane, folded: boolean): unknown {
  if (row.start === undefined) {
    return nothing;
  }
  const from = share(lane, row.start);
  const to = share(lane, row.end ?? row.start);
  const inside = folded ? mergeBars(row.children, lane.window, lane.start) : [];
  return [
    shape(row, lane, from, to),
    inside.map(bar => block(bar.kind, bar.from, bar.to)),
    criticalLines(row, lane),
  ];
}

function shape(row: Row, lane: Lane, from: number, to: number): unknown {
  if (row.type === 'gap') {
    return line('idle', from, to, 11, 11);
  }
  if (row.type === 'toolCall' || row.type === 'audit') {
    return line('ttft', from, from, 6, 16);
  }
  const kind = barKind(row);
  if (kind === undefined) {
    return [
      line('span', from, to, 11, 11),
      line('span', from, from, 8, 14),
      line('span', to, to, 8, 14),
    ];
  }
  const firstToken = row.type === 'span' ? row.span.timeToFirstTokenMs : undefined;
  if (kind !== 'model' || firstToken === undefined || row.start === undefined) {
    return block(kind, from, to);
  }
  const token = Math.min(to, share(lane, row.start + firstToken));
  return [block('wait', from, token), block('model', token, to), line('ttft', token, token, 4, 18)];
}

function criticalLines(row: Row, lane: Lane): unknown {
  return (lane.critical?.get(row.id) ?? []).map(({ start, end }) =>
    line('critical', share(lane, start), share(lane, end), 19, 19),
  );
}

function share(lane: Lane, time: number): number {
  return position(lane.window, time - lane.start);
}

function block(kind: string, from: number, to: number): SVGTemplateResult {
  if (to - from < thinnestBar) {
    return svg`<line class="thin ${kind}" x1=${percent(from)} x2=${percent(from)} y1="7" y2="15"></line>`;
  }
  return svg`<rect class=${kind} x=${percent(from)} y="7" width=${percent(to - from)} height="8"></rect>`;
}

function line(kind: string, from: number, to: number, y1: number, y2: number): SVGTemplateResult {
  return svg`<line class=${kind} x1=${percent(from)} x2=${percent(to)} y1=${y1} y2=${y2}></line>`;
}

/** The bar in words, for those who do not see it. */
export function barLabel(row: Row, lane: Lane): string {
  if (row.start === undefined) {
    return 'time not in the log';
  }
  const from = display.duration(row.start - lane.start);
  if (row.type === 'toolCall') {
    return `requested at ${from}`;
  }
  if (row.type === 'audit') {
    return `audit entry at ${from}`;
  }
  const to = display.duration((row.end ?? row.start) - lane.start);
  const span = row.type === 'span' ? row.span : undefined;
  const firstToken =
    span?.timeToFirstTokenMs === undefined
      ? ''
      : `, first token after ${display.duration(span.timeToFirstTokenMs)}`;
  const state =
    span?.status === 'error' ? ', failed' : span?.status === 'running' ? ', running' : '';
  return `${from} to ${to}${firstToken}${state}`;
}

import { html, nothing } from 'lit';
import type { Span } from '../../src/model/span';
import { outputSpeed } from '../conversation/knownFacts';
import { clock, duration } from '../display';
import type { PanelStore } from '../panelStore';
import { plainText } from '../text/plainText';
import { spanName } from '../waterfall/rowWords';
import type { View } from './view';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** When a span ran, what it waited for, and how fast the answer came. */
export const timing: View = {
  id: 'timing',
  title: () => 'Timing',
  appliesTo: ({ span }) => span.startTime !== undefined || span.durationMs !== undefined,
  render: (store, { span }) =>
    html`<section class="cs-section">
      <h3>Timing</h3>
      <table class="cs-table">
        <tbody>
          ${rows(store, span).map(
            ({ name, value, note }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="wrap">
                  ${value}
                  ${note ? html`<span class="cs-muted">${plainText(note)}</span>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`,
};

function rows(store: PanelStore, span: Span): readonly Row[] {
  const { startTime, durationMs, timeToFirstTokenMs: firstToken } = span;
  const speed = outputSpeed(span);
  const ended = span.status === 'error' ? 'Failed after' : 'Took';
  const failedWithoutToken = span.status === 'error' && firstToken === undefined;
  return [
    started(store, span),
    startTime === undefined || durationMs === undefined
      ? undefined
      : { name: 'Ended', value: clock(startTime + durationMs) },
    {
      name: ended,
      value:
        durationMs === undefined
          ? span.status === 'running'
            ? 'still running'
            : 'not in the log'
          : duration(durationMs),
    },
    span.kind !== 'call'
      ? undefined
      : {
          name: 'Time to first token',
          value:
            firstToken !== undefined
              ? duration(firstToken)
              : failedWithoutToken
                ? 'no token came, or not in the log'
                : 'not in the log',
        },
    firstToken === undefined || durationMs === undefined
      ? undefined
      : { name: 'Streaming', value: duration(Math.max(0, durationMs - firstToken)) },
    speed ? { name: 'Output speed', value: speed.value, note: speed.note } : undefined,
  ].filter(row => row !== undefined);
}

function started(store: PanelStore, span: Span): Row {
  const name = 'Started';
  const { startTime } = span;
  if (startTime === undefined) {
    return { name, value: 'not in the log' };
  }
  const sinceStart = startTime - store.derived.start;
  const into = isNothing(sinceStart)
    ? 'at the start of the trace'
    : `${duration(sinceStart)} into the trace`;
  const before = lastEnded(store.state.trace?.spans ?? [], span, startTime);
  const pause = before ? startTime - before.end : 0;
  const how = isNothing(pause) ? 'right' : duration(pause);
  const after = before ? `, ${how} after ${spanName(before.span)}` : '';
  return { name, value: clock(startTime), note: `${into}${after}` };
}

/** Less than what logs measure: a rest of adding up fractions. */
function isNothing(ms: number): boolean {
  return ms < 0.5;
}

/** The span that ended last before this one began: usually what it waited for. */
function lastEnded(
  spans: readonly Span[],
  span: Span,
  startTime: number,
): { readonly span: Span; readonly end: number } | undefined {
  let last: { readonly span: Span; readonly end: number } | undefined;
  for (const other of spans) {
    const end = (other.startTime ?? Number.NaN) + (other.durationMs ?? Number.NaN);
    if (
      other.key !== span.key &&
      end <= startTime &&
      end > (last?.end ?? Number.NEGATIVE_INFINITY)
    ) {
      last = { span: other, end };
    }
  }
  return last;
}

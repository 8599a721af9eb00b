import * as vscode from 'vscode';
import type { Trace } from '../../model/trace';
import type { CallResolver } from '../callResolver';
import type { EngineClient } from '../engineClient';
import type { TracePanels } from '../tracePanels';
import type { ViewState } from '../viewState';
import type { CommandTable } from './register';
import { askTrace } from './tracePick';

/** Failed traces that next and previous walk through. */
const maxFailedTraces = 1000;
const failedFilter = 'status:error';

interface ErrorPlace {
  readonly trace: Trace;
  readonly spanKey: string;
}

/** From trace to trace, and from error to error. */
export function navigationCommands(
  engine: EngineClient,
  calls: CallResolver,
  panels: TracePanels,
  reveal: (traceKey: string) => Promise<void>,
  state: ViewState,
): CommandTable<'callsight.goToTrace' | 'callsight.nextError' | 'callsight.previousError'> {
  let lastError: ErrorPlace | undefined;
  const listErrors = async (trace: Trace): Promise<readonly ErrorPlace[]> => {
    const failed = await engine.client.listMatches({ traceKey: trace.key, filter: failedFilter });
    return failed.map(spanKey => ({ trace, spanKey }));
  };
  const go = async (step: 1 | -1): Promise<void> => {
    const { items } = await engine.client.listTraces({
      filter: failedFilter,
      start: 0,
      end: maxFailedTraces,
    });
    if (items.length === 0) {
      void vscode.window.showInformationMessage('No call failed.');
      return;
    }
    const target = calls.targetOf(undefined);
    const from =
      lastError && (!target || target.traceKey === lastError.trace.key) ? lastError : undefined;
    const traceKey = from?.trace.key ?? target?.traceKey;
    const at = items.findIndex(trace => trace.key === traceKey);
    const here = items[at] ? await listErrors(items[at]) : [];
    const inside = here.findIndex(place => place.spanKey === (from?.spanKey ?? target?.spanKey));
    // nothing selected in this trace: the next error is its first
    const neighbour = inside === -1 && step === -1 ? undefined : here[inside + step];
    const start = at === -1 && step === -1 ? 0 : at;
    const nextTrace = items.at((start + step) % items.length);
    const others = neighbour || !nextTrace ? [] : await listErrors(nextTrace);
    lastError = neighbour ?? others.at(step === 1 ? 0 : -1);
    if (lastError) {
      await panels.open(lastError.trace.key, lastError.trace.name, {
        spanKey: lastError.spanKey,
        preserveFocus: true,
      });
      await reveal(lastError.trace.key);
    }
  };
  return {
    'callsight.goToTrace': async () => {
      const trace = await askTrace(engine, state.filter);
      if (trace) {
        await panels.open(trace.key, trace.name, { preserveFocus: false });
      }
    },
    'callsight.nextError': () => go(1),
    'callsight.previousError': () => go(-1),
  };
}

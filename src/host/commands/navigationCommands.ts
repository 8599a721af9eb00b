import * as vscode from 'vscode';
import type { Trace } from '../../model/trace';
import type { CallResolver } from '../callResolver';
import type { EngineClient } from '../engineClient';
import type { ViewId } from '../manifest';
import type { TracePanels } from '../tracePanels';
import type { ViewState } from '../viewState';
import type { CommandTable } from './register';
import { askTrace } from './tracePick';

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
  const listErrors = async (trace: Trace | undefined): Promise<readonly ErrorPlace[]> => {
    if (!trace) {
      return [];
    }
    const failed = await engine.client.listMatches({ traceKey: trace.key, filter: failedFilter });
    return failed.map(spanKey => ({ trace, spanKey }));
  };
  /** Of those with an error, newest first; after the last comes the first. */
  const failedTrace = async (at: number): Promise<Trace | undefined> => {
    const find = (start: number) =>
      engine.client.listTraces({ filter: failedFilter, start, end: start + 1 });
    const first = await find(0);
    const { total } = first;
    const place = total === 0 ? 0 : (at + total) % total;
    return (place === 0 ? first : await find(place)).items[0];
  };
  const findNext = async (step: 1 | -1): Promise<ErrorPlace | undefined> => {
    const target = calls.targetOf(undefined);
    const from =
      lastError && (!target || target.traceKey === lastError.trace.key) ? lastError : undefined;
    const traceKey = from?.trace.key ?? target?.traceKey;
    const place =
      traceKey === undefined
        ? null
        : await engine.client.findPlace({ traceKey, groupBy: 'trace', filter: failedFilter });
    const here = place ? await listErrors(await failedTrace(place.index)) : [];
    const inside = here.findIndex(error => error.spanKey === (from?.spanKey ?? target?.spanKey));
    // nothing selected in this trace: the next error is its first
    const neighbour = inside === -1 && step === -1 ? undefined : here[inside + step];
    if (neighbour) {
      return neighbour;
    }
    const others = await listErrors(
      await failedTrace(place ? place.index + step : step === 1 ? 0 : -1),
    );
    return others.at(step === 1 ? 0 : -1);
  };
  const go = async (step: 1 | -1): Promise<void> => {
    const viewId: ViewId = 'callsight.traces';
    // of very many calls it takes a moment to know which ones failed
    const error = await vscode.window.withProgress({ location: { viewId } }, () => findNext(step));
    if (!error) {
      void vscode.window.showInformationMessage('No call failed.');
      return;
    }
    lastError = error;
    await panels.open(error.trace.key, error.trace.name, {
      spanKey: error.spanKey,
      preserveFocus: true,
    });
    await reveal(error.trace.key);
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

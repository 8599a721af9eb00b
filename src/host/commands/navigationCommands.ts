import * as vscode from 'vscode';
import type { Trace } from '../../model/trace';
import type { CallResolver } from '../callResolver';
import { formatMoment } from '../display/format';
import { toTraceRow } from '../display/traceRow';
import { withoutIcons } from '../display/visibleText';
import type { EngineClient } from '../engineClient';
import type { TracePanels } from '../tracePanels';
import type { CommandTable } from './register';

/** Traces that the quick pick offers, latest first. */
const maxPicks = 200;
/** Failed traces that next and previous walk through. */
const maxFailedTraces = 1000;

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
): CommandTable<'callsight.goToTrace' | 'callsight.nextError' | 'callsight.previousError'> {
  let lastError: ErrorPlace | undefined;
  const listErrors = async (trace: Trace): Promise<readonly ErrorPlace[]> => {
    const detail = await engine.client.getTrace({ traceKey: trace.key });
    const failed = detail?.spans.filter(span => span.status === 'error') ?? [];
    return failed.map(span => ({ trace, spanKey: span.key }));
  };
  const go = async (step: 1 | -1): Promise<void> => {
    const { items } = await engine.client.listTraces({
      filter: 'status:error',
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
      const { items } = await engine.client.listTraces({ start: 0, end: maxPicks });
      const picked = await vscode.window.showQuickPick(items.map(toPick), {
        placeHolder: 'Go to trace',
        matchOnDescription: true,
      });
      if (picked) {
        await panels.open(picked.trace.key, picked.trace.name, { preserveFocus: false });
      }
    },
    'callsight.nextError': () => go(1),
    'callsight.previousError': () => go(-1),
  };
}

function toPick(trace: Trace): vscode.QuickPickItem & { trace: Trace } {
  const now = Date.now();
  const row = toTraceRow(trace, [], now);
  const time = trace.startTime === undefined ? '' : formatMoment(trace.startTime, now);
  return {
    label: withoutIcons(row.label),
    description: [row.description, time].filter(Boolean).join(' · '),
    iconPath: new vscode.ThemeIcon(
      row.icon ?? 'pulse',
      row.iconColor === undefined ? undefined : new vscode.ThemeColor(row.iconColor),
    ),
    trace,
  };
}

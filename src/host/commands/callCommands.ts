import * as vscode from 'vscode';
import type { SpanDetail } from '../../protocol/engineContract';
import type { CallActions } from '../callActions';
import type { CallResolver } from '../callResolver';
import { filterWords } from '../display/words';
import type { EngineClient } from '../engineClient';
import type { RecordOpener } from '../recordOpener';
import type { TracePanels } from '../tracePanels';
import type { FilePlace } from '../trees/sourceNodes';
import type { ViewState } from '../viewState';
import type { CommandTable } from './register';

export interface CallCommandParts {
  readonly engine: EngineClient;
  readonly calls: CallResolver;
  readonly actions: CallActions;
  readonly records: RecordOpener;
  readonly panels: TracePanels;
  readonly state: Pick<ViewState, 'filter'>;
}

/** What one call or trace is opened, copied and compared with. */
export function callCommands({
  engine,
  calls,
  actions,
  records,
  panels,
  state,
}: CallCommandParts): CommandTable<
  | 'callsight.openTrace'
  | 'callsight.openRecord'
  | 'callsight.openCallAtCursor'
  | 'callsight.openPrompt'
  | 'callsight.openResponse'
  | 'callsight.openRawJson'
  | 'callsight.compareWithPrevious'
  | 'callsight.copyAsMarkdown'
  | 'callsight.copyAsJson'
  | 'callsight.explainWithAi'
> {
  const withCall =
    (action: (detail: SpanDetail) => Promise<unknown>) =>
    async (argument: unknown): Promise<void> => {
      const detail = await calls.spanOf(argument);
      await (detail && action(detail));
    };
  const copy = (as: 'markdown' | 'json') => async (argument: unknown) => {
    const target = calls.targetOf(argument);
    if (target && target.spanKey === undefined) {
      await actions.copyTrace(target.traceKey, as);
      return;
    }
    await withCall(detail => actions.copySpan(detail, as))(argument);
  };
  /** What the filter looked for is what one wants to see of a trace. */
  const firstMatch = async (traceKey: string): Promise<string | undefined> => {
    const { filter } = state;
    const matches = filter === '' ? [] : await engine.client.listMatches({ traceKey, filter });
    return matches[0];
  };
  return {
    'callsight.openTrace': async (argument, options) => {
      const target = calls.targetOf(argument);
      const trace = await calls.traceOf(argument);
      if (target && trace) {
        await panels.open(trace.trace.key, trace.trace.name, {
          spanKey: target.spanKey ?? (await firstMatch(target.traceKey)),
          words: filterWords(state.filter),
          preserveFocus: wantsFocusKept(options),
        });
      }
    },
    'callsight.openRecord': async (argument, options) => {
      if (isPlace(argument)) {
        await records.openPlace(argument, wantsFocusKept(options));
        return;
      }
      await withCall(detail => records.openSource(detail, 0))(argument);
    },
    'callsight.openCallAtCursor': async argument => {
      const place = isPlace(argument) ? argument : cursor();
      const line = place?.line;
      const span =
        place && line !== undefined
          ? await engine.client.findSpanAt({ file: place.file, line })
          : null;
      if (!span) {
        void vscode.window.showInformationMessage('No call was read from this line.');
        return;
      }
      const trace = await engine.client.getTrace({ traceKey: span.traceKey });
      await panels.open(span.traceKey, trace?.trace.name ?? span.name, {
        spanKey: span.key,
        preserveFocus: false,
      });
    },
    'callsight.openPrompt': withCall(detail => actions.openDocument(detail, 'prompt')),
    'callsight.openResponse': withCall(detail => actions.openDocument(detail, 'response')),
    'callsight.openRawJson': withCall(detail => actions.openDocument(detail, 'raw')),
    'callsight.compareWithPrevious': withCall(detail => actions.compareWithPrevious(detail)),
    'callsight.explainWithAi': withCall(detail => actions.explain(detail)),
    'callsight.copyAsMarkdown': copy('markdown'),
    'callsight.copyAsJson': copy('json'),
  };
}

function cursor(): FilePlace | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 };
}

function wantsFocusKept(options: unknown): boolean {
  return (
    typeof options === 'object' &&
    options !== null &&
    'preserveFocus' in options &&
    options.preserveFocus === true
  );
}

function isPlace(argument: unknown): argument is FilePlace {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'file' in argument &&
    typeof argument.file === 'string' &&
    'line' in argument &&
    (argument.line === undefined || typeof argument.line === 'number') &&
    (!('entry' in argument) || argument.entry === undefined || typeof argument.entry === 'string')
  );
}

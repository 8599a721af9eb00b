import * as vscode from 'vscode';
import type { GroupBy } from '../../protocol/engineContract';
import { formatCount } from '../display/format';
import { plainColor } from '../display/row';
import { groupIcons } from '../display/traceRow';
import { forNotification } from '../display/visibleText';
import type { EngineClient } from '../engineClient';
import { isGroupBy } from '../guards';
import { MoreNode } from '../trees/paging';
import type { ViewState } from '../viewState';
import type { CommandTable } from './register';

const groupings: readonly { groupBy: GroupBy; label: string }[] = [
  { groupBy: 'day', label: 'Day' },
  { groupBy: 'session', label: 'Session' },
  { groupBy: 'model', label: 'Model' },
  { groupBy: 'file', label: 'File' },
  { groupBy: 'trace', label: 'None' },
];

/** How the Traces view shows what is there. */
export function viewCommands(
  engine: EngineClient,
  state: ViewState,
  log: vscode.LogOutputChannel,
): CommandTable<
  | 'callsight.filter'
  | 'callsight.changeFilter'
  | 'callsight.clearFilter'
  | 'callsight.groupBy'
  | 'callsight.loadMore'
  | 'callsight.showLog'
> {
  const filter = async (argument: unknown): Promise<void> => {
    const text = typeof argument === 'string' ? argument : await askFilter(engine, state.filter);
    if (text !== undefined) {
      state.setFilter(text);
    }
  };
  return {
    'callsight.filter': filter,
    'callsight.changeFilter': filter,
    'callsight.clearFilter': () => state.setFilter(''),
    'callsight.groupBy': async argument => {
      const groupBy = isGroupBy(argument) ? argument : await askGrouping(state.groupBy);
      if (groupBy !== undefined) {
        await state.setGroupBy(groupBy);
      }
    },
    'callsight.loadMore': argument => {
      if (argument instanceof MoreNode) {
        argument.loadMore();
      }
    },
    'callsight.showLog': () => log.show(),
  };
}

/** Asks for a filter and says while it is typed what it leaves, or why it cannot be read. */
function askFilter(engine: EngineClient, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Filter Calls',
    value,
    placeHolder: 'status:error model:gpt-4o* latency:>2s "words of the user"',
    prompt:
      'Fields: status, model, provider, tool, error, user, session, file, latency, ttft, tokens, cost, tag.NAME. Empty shows all.',
    validateInput: async text => {
      if (text.trim() === '') {
        return undefined;
      }
      const { calls, ofCalls, problem } = await engine.client.countMatches({ filter: text });
      if (problem) {
        const message = `${forNotification(problem.message)} (character ${problem.start + 1})`;
        return { message, severity: vscode.InputBoxValidationSeverity.Error };
      }
      const message = `${formatCount(calls)} of ${formatCount(ofCalls)} calls`;
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
}

async function askGrouping(current: GroupBy): Promise<GroupBy | undefined> {
  const items = groupings.map(({ groupBy, label }) => ({
    label,
    groupBy,
    iconPath: new vscode.ThemeIcon(groupIcons[groupBy], new vscode.ThemeColor(plainColor)),
    ...(groupBy === current ? { description: 'current' } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Group traces by' });
  return picked?.groupBy;
}

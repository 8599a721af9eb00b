import * as vscode from 'vscode';
import type { GroupBy } from '../../protocol/engineContract';
import { textOfFilter, toTextFilter } from '../display/filterText';
import { plainColor } from '../display/row';
import { groupIcons } from '../display/traceRow';
import type { EngineClient } from '../engineClient';
import { isGroupBy } from '../guards';
import { MoreNode, NewerNode } from '../trees/paging';
import type { ViewState } from '../viewState';
import { askFilter, type FilterBoxOptions } from './filterBox';
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
  | 'callsight.search'
  | 'callsight.filter'
  | 'callsight.changeFilter'
  | 'callsight.clearFilter'
  | 'callsight.groupBy'
  | 'callsight.loadMore'
  | 'callsight.showLog'
> {
  const filter = async (argument: unknown): Promise<void> => {
    const text = typeof argument === 'string' ? argument : await askFilter(filterBox());
    if (text !== undefined) {
      state.setFilter(text);
    }
  };
  const filterBox = (): FilterBoxOptions => ({
    engine,
    title: 'Filter Calls',
    prompt:
      'Fields: status, model, provider, tool, error, user, session, file, latency, ttft, tokens, cost, tag.NAME. Empty shows all.',
    placeholder: 'status:error model:gpt-4o* latency:>2s "words of the user"',
    value: state.filter,
    shownFilter: state.filter,
    toFilter: text => text.trim(),
  });
  const searchBox = (): FilterBoxOptions => ({
    engine,
    title: 'Search in Prompts and Responses',
    prompt:
      'What was said, as it stands there; upper and lower case are the same. Empty shows all.',
    placeholder: 'Words, a piece of code, an id',
    value: textOfFilter(state.filter) ?? '',
    shownFilter: state.filter,
    toFilter: text => (text.trim() === '' ? '' : toTextFilter(text.trim())),
  });
  return {
    'callsight.search': async argument => {
      const text =
        typeof argument === 'string' ? toTextFilter(argument) : await askFilter(searchBox());
      if (text !== undefined) {
        state.setFilter(text);
      }
    },
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
      if (argument instanceof MoreNode || argument instanceof NewerNode) {
        argument.loadMore();
      }
    },
    'callsight.showLog': () => log.show(),
  };
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

import * as vscode from 'vscode';
import type { GroupBy } from '../protocol/engineContract';
import { Disposable } from './disposable';
import { isGroupBy } from './guards';
import type { SettingsReader } from './settings';

const groupByKey = 'groupBy';

/** How the reader looks at the traces: grouping (kept for the workspace) and filter (until the window closes). */
export class ViewState extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private activeFilter = '';

  constructor(
    private readonly memory: vscode.Memento,
    private readonly settings: SettingsReader,
  ) {
    super();
    this.register(settings.onDidChange(() => this.changed.fire()));
  }

  get filter(): string {
    return this.activeFilter;
  }

  setFilter(filter: string): void {
    this.activeFilter = filter.trim();
    this.changed.fire();
  }

  get groupBy(): GroupBy {
    const chosen = this.memory.get(groupByKey);
    return isGroupBy(chosen) ? chosen : this.settings.current.groupBy;
  }

  async setGroupBy(groupBy: GroupBy): Promise<void> {
    await this.memory.update(groupByKey, groupBy);
    this.changed.fire();
  }
}

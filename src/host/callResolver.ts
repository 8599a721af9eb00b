import * as vscode from 'vscode';
import type { SpanDetail, TraceDetail } from '../protocol/engineContract';
import type { EngineClient } from './engineClient';
import { isTreeNode } from './trees/isTreeNode';
import type { CallTarget, TreeNode } from './trees/treeNode';

/** Finds the call that a command is about: its argument, else the row that is selected. */
export class CallResolver {
  private selected: CallTarget | undefined;

  constructor(private readonly engine: EngineClient) {}

  /** Takes note of the selected row, for commands from the palette and from keys. */
  select(nodes: readonly TreeNode[]): void {
    this.selected = nodes[0]?.target;
  }

  get hasSelection(): boolean {
    return this.selected !== undefined;
  }

  targetOf(argument: unknown): CallTarget | undefined {
    return isTreeNode(argument) ? argument.target : this.selected;
  }

  /** The call; of a trace, the one whose error leads it, else its first call. Says so when there is none. */
  async spanOf(argument: unknown): Promise<SpanDetail | undefined> {
    const target = this.targetOf(argument);
    if (!target) {
      void vscode.window.showInformationMessage('Select a call in the Traces view first.');
      return undefined;
    }
    const key = target.spanKey ?? (await this.leadingSpan(target.traceKey));
    const detail = key === undefined ? null : await this.engine.client.getSpan({ key });
    if (!detail) {
      void vscode.window.showInformationMessage('This call is no longer in the logs.');
    }
    return detail ?? undefined;
  }

  async traceOf(argument: unknown): Promise<TraceDetail | undefined> {
    const target = this.targetOf(argument);
    const trace = target ? await this.engine.client.getTrace({ traceKey: target.traceKey }) : null;
    return trace ?? undefined;
  }

  /** The span of a trace that somebody who opens it wants to see. */
  async leadingSpan(traceKey: string): Promise<string | undefined> {
    const trace = await this.engine.client.getTrace({ traceKey });
    const spans = trace?.spans ?? [];
    const first =
      spans.find(span => span.status === 'error') ??
      spans.find(span => span.kind === 'call') ??
      spans[0];
    // in a long trace it may stand far behind these
    return trace?.trace.leadingError?.spanKey ?? first?.key;
  }
}

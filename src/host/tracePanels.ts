import * as vscode from 'vscode';
import * as z from 'zod';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { type PanelActions, panelTitle, TracePanel } from './tracePanel';

const tracePanelType = 'callsight.trace';
/** What the page saves of itself; the rest of it is the page's own business. */
const stateSchema = z.looseObject({
  traceKey: z.string().max(4000),
  spanKey: z.string().max(4000).optional(),
});

/** One panel a trace; a trace that is open already comes to the front. */
export class TracePanels extends Disposable implements vscode.WebviewPanelSerializer<unknown> {
  private readonly panels = new Map<string, TracePanel>();

  constructor(
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    private readonly extensionUri: vscode.Uri,
  ) {
    super();
    this.register(vscode.window.registerWebviewPanelSerializer(tracePanelType, this));
  }

  open(
    traceKey: string,
    name: string,
    options: { spanKey?: string | undefined; preserveFocus: boolean },
  ): void {
    const known = this.panels.get(traceKey);
    if (known) {
      known.show(options.spanKey, options.preserveFocus);
      return;
    }
    const webviewPanel = vscode.window.createWebviewPanel(
      tracePanelType,
      panelTitle(name),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: options.preserveFocus },
      // find works in the page; nothing is retained: the page asks again when it comes back
      { enableFindWidget: true },
    );
    this.attach(webviewPanel, traceKey).select(options.spanKey);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success) {
      panel.dispose();
      return;
    }
    this.attach(panel, parsed.data.traceKey).select(parsed.data.spanKey);
  }

  override dispose(): void {
    for (const panel of this.panels.values()) {
      panel.dispose();
    }
    super.dispose();
  }

  private attach(webviewPanel: vscode.WebviewPanel, traceKey: string): TracePanel {
    const panel = new TracePanel(
      webviewPanel,
      traceKey,
      this.engine,
      this.actions,
      this.extensionUri,
    );
    this.panels.set(traceKey, panel);
    panel.onDidClose(() => this.panels.delete(traceKey));
    return panel;
  }
}

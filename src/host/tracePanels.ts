import * as vscode from 'vscode';
import { toTabTitle } from './display/traceRow';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { propertyOf } from './guards';
import type { PanelActions, SpanWish, TracePanel } from './tracePanel';

const tracePanelType = 'callsight.trace';

/** One panel a trace; a trace that is open already comes to the front. */
export class TracePanels extends Disposable implements vscode.WebviewPanelSerializer<unknown> {
  private readonly panels = new Map<string, Promise<TracePanel>>();

  constructor(
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    private readonly extensionUri: vscode.Uri,
  ) {
    super();
    this.register(vscode.window.registerWebviewPanelSerializer(tracePanelType, this));
  }

  async open(
    traceKey: string,
    name: string,
    {
      spanKey,
      words = [],
      preserveFocus,
    }: {
      readonly spanKey?: string | undefined;
      /** What was looked for, to be marked. */
      readonly words?: readonly string[];
      readonly preserveFocus: boolean;
    },
  ): Promise<void> {
    const wish = spanKey === undefined ? undefined : { spanKey, words };
    const known = this.panels.get(traceKey);
    if (known) {
      (await known).show(wish, preserveFocus);
      return;
    }
    const webviewPanel = vscode.window.createWebviewPanel(
      tracePanelType,
      toTabTitle(name),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      // find works in the page; nothing is retained: the page asks again when it comes back
      { enableFindWidget: true },
    );
    await this.attach(webviewPanel, traceKey, wish);
  }

  /** The page knows from its own state which span was shown. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const traceKey = propertyOf(state, 'traceKey');
    if (typeof traceKey !== 'string') {
      panel.dispose();
      return;
    }
    await this.attach(panel, traceKey, undefined);
  }

  override dispose(): void {
    for (const panel of this.panels.values()) {
      void panel.then(open => open.dispose());
    }
    super.dispose();
  }

  private attach(
    webviewPanel: vscode.WebviewPanel,
    traceKey: string,
    wish: SpanWish | undefined,
  ): Promise<TracePanel> {
    const panel = this.createPanel(webviewPanel, traceKey, wish);
    this.panels.set(traceKey, panel);
    webviewPanel.onDidDispose(() => {
      this.panels.delete(traceKey);
      void panel.then(open => open.dispose());
    });
    return panel;
  }

  private async createPanel(
    webviewPanel: vscode.WebviewPanel,
    traceKey: string,
    wish: SpanWish | undefined,
  ): Promise<TracePanel> {
    // it parses by zod what the page says; loading that is not the business of the activation
    const { TracePanel } = await import('./tracePanel');
    return new TracePanel({
      panel: webviewPanel,
      traceKey,
      wish,
      engine: this.engine,
      actions: this.actions,
      extensionUri: this.extensionUri,
    });
  }
}

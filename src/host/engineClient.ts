import * as vscode from 'vscode';
import type { Mapping } from '../model/mapping';
import type { EngineChange, EngineEvent, engineContract } from '../protocol/engineContract';
import type { SourceStatus } from '../protocol/sourceStatus';
import type { Client } from '../protocol/rpc';
import { Disposable } from './disposable';
import { Pulse, type PulseBounds } from './pulse';
import type { Budget } from './settingsSchema';
import { type EngineThread, type KeptPlace, startThread } from './engineThread';

/** A search that takes longer is shown as far as it is; more comes with its events. Milliseconds. */
export const answerMs = 80;
/** A worker that dies again after so many restarts is left alone: it would die of the same thing. */
const maxRestarts = 1;

export interface EngineConfiguration {
  readonly inferTraces: boolean;
  readonly rules: Record<string, string>;
  /** US dollars. */
  readonly budget: Budget;
  readonly mappings: readonly Mapping[];
  /** Looks at the files at intervals only. Taken when the worker starts. */
  readonly poll: boolean;
  /** Whether what is known of large logs is kept for the next start. Taken when the worker starts. */
  readonly keepsIndex: boolean;
}

/**
 * The engine in its worker thread. The thread starts with the first question, and starts again with its sources when it
 * dies: once by itself, then when the user says so. What was asked of a dead worker is rejected.
 */
export class EngineClient extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<EngineChange>());
  readonly onDidChange = this.changed.event;
  private readonly searched = this.register(new vscode.EventEmitter<string>());
  /** There is more to know of what this filter finds, of which a part was given out. */
  readonly onDidSearch = this.searched.event;
  private readonly silenced = this.register(new vscode.EventEmitter<boolean>());
  /** Whether the thread does not answer any more; it is told again when it does. */
  readonly onDidFallSilent = this.silenced.event;
  private readonly pulse: Pulse;
  private running: EngineThread | undefined;
  private restarts = 0;
  private gaveUp = false;
  private readonly sources = new Set<string>();
  private resolveRestored = (): void => {};
  private readonly restored = new Promise<void>(resolve => {
    this.resolveRestored = resolve;
  });

  constructor(
    private readonly workerFile: string,
    private configuration: EngineConfiguration,
    private readonly log: vscode.LogOutputChannel,
    private readonly kept?: Omit<KeptPlace, 'isOff'>,
    bounds?: PulseBounds,
  ) {
    super();
    this.pulse = this.register(
      new Pulse({
        isAwaited: () => (this.running?.waiting() ?? 0) > 0,
        ask: async () => this.running?.client.listSources({}),
        onDidChange: isSilent => this.onSilence(isSilent),
        bounds,
      }),
    );
  }

  /** To be asked for at every use: it is another one after a restart. */
  get client(): Client<typeof engineContract> {
    this.pulse.watch();
    return this.start().client;
  }

  /** Whether there is a thread. Who only wants to know what changed need not start one. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  addSource(path: string): Promise<SourceStatus> {
    this.sources.add(path);
    return this.client.addSource({ path });
  }

  async removeSource(path: string): Promise<void> {
    this.sources.delete(path);
    if (this.pulse.isSilent) {
      // it may be this very folder that holds the thread
      this.restart('a source is removed');
      return;
    }
    await this.client.removeSource({ path });
  }

  /** Nobody waits any more for what this filter finds. */
  stopSearch(filter: string): void {
    if (this.isRunning) {
      this.ignoreFailure(this.client.stopSearch({ filter }));
    }
  }

  /**
   * Asks, and asks again when the logs have been read: after a reload, editors and panels come back before their calls are
   * known.
   */
  async askSettled<T>(
    ask: (client: Client<typeof engineContract>) => Promise<T | null>,
  ): Promise<T | null> {
    const first = await ask(this.client);
    if (first !== null) {
      return first;
    }
    await this.restored;
    await this.client.whenIdle({});
    return ask(this.client);
  }

  /** To be called when the sources of this window have been added. */
  markRestored(): void {
    this.resolveRestored();
  }

  /** Takes new settings; some need another worker. */
  configure(configuration: EngineConfiguration): void {
    const before = this.configuration;
    this.configuration = configuration;
    if (!this.running) {
      return;
    }
    if (before.poll !== configuration.poll || before.keepsIndex !== configuration.keepsIndex) {
      this.restart('settings changed');
      return;
    }
    const { poll: _poll, keepsIndex: _keepsIndex, ...told } = configuration;
    this.ignoreFailure(this.client.configure(told));
  }

  /** Ends the thread when nothing is followed and nothing is asked; the next question starts another. */
  rest(): void {
    if (this.sources.size === 0 && this.running?.waiting() === 0) {
      this.stop('nothing is open');
    }
  }

  override dispose(): void {
    this.stop('Callsight is closing');
    super.dispose();
  }

  private start(): EngineThread {
    if (this.running) {
      return this.running;
    }
    if (this.isDisposed || this.gaveUp) {
      throw new Error('The log reader is not running.');
    }
    const thread = startThread({
      workerFile: this.workerFile,
      poll: this.configuration.poll,
      // a thread that died may have died of what was kept
      kept: this.restarts === 0 ? this.keptPlace() : undefined,
      log: this.log,
      onEvent: event => this.onEvent(event),
      onExit: code => this.onExit(thread, code),
    });
    this.running = thread;
    const { poll: _poll, keepsIndex: _keepsIndex, ...told } = this.configuration;
    this.ignoreFailure(thread.client.configure(told));
    return thread;
  }

  private keptPlace(): KeptPlace | undefined {
    return this.kept && { ...this.kept, isOff: !this.configuration.keepsIndex };
  }

  private stop(reason: string): void {
    const running = this.running;
    this.running = undefined;
    running?.disconnect(reason);
    void running?.end();
  }

  private restart(reason: string): void {
    this.stop(reason);
    for (const path of this.sources) {
      this.ignoreFailure(this.client.addSource({ path }));
    }
    this.changed.fire({ revision: 0, sources: true });
  }

  private onSilence(isSilent: boolean): void {
    this.log.warn(isSilent ? 'The log reader does not answer.' : 'The log reader answers again.');
    this.silenced.fire(isSilent);
  }

  private onEvent(event: EngineEvent): void {
    switch (event.type) {
      case 'change':
        this.changed.fire(event.change);
        return;
      case 'search':
        this.searched.fire(event.filter);
        return;
      case 'log':
        this.log[event.level](event.text);
        return;
    }
  }

  private onExit(thread: EngineThread, code: number): void {
    if (this.running !== thread) {
      return;
    }
    const reason = `The log reader stopped unexpectedly (exit code ${code}).`;
    this.log.error(reason);
    this.running.disconnect(reason);
    this.running = undefined;
    if (this.restarts < maxRestarts) {
      this.restarts++;
      this.restart(reason);
      void this.tell(`${reason} It was started again.`, []);
      return;
    }
    this.gaveUp = true;
    this.changed.fire({ revision: 0, sources: true });
    void this.tell(reason, ['Start Again']);
  }

  private async tell(text: string, choices: readonly string[]): Promise<void> {
    const showLog = 'Show Log';
    const choice = await vscode.window.showWarningMessage(text, ...choices, showLog);
    if (choice === showLog) {
      this.log.show();
      return;
    }
    if (choice !== undefined) {
      this.gaveUp = false;
      this.restart(text);
    }
  }

  private ignoreFailure(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => this.log.warn(`engine: ${String(error)}`));
  }
}

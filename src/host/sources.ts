import path from 'node:path';
import * as vscode from 'vscode';
import type { KnownLogs } from '../protocol/sourceStatus';
import { setContext } from './contextKeys';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { isStrings, propertyOf } from './guards';
import type { SettingsReader } from './settings';

const savedKey = 'sources';
/** What is kept for the workspace. */
interface Saved {
  readonly added: readonly string[];
  /** Found ones that the user does not want. */
  readonly closed: readonly string[];
}

/** A new file may be the first of a folder that a program has only begun to fill. */
const newFileDelayMs = 700;
const logFileGlob = '**/*.{jsonl,ndjson,json,log}';

/** Where the search for logs stands; `empty`: nothing was found and nothing is open. */
export type SourcesState = 'finding' | 'empty' | 'reading' | 'ready';

/**
 * Which folders and files are followed: those that were found in the workspace and those that the user opened. The latter
 * are kept for the workspace; a found one that the user closed stays closed.
 */
export class Sources extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly open = new Set<string>();
  private busy = 0;
  private hasToldKnown = false;
  private finding = true;
  private newFileTimer: NodeJS.Timeout | undefined;
  private readonly newFiles = new Set<string>();

  constructor(
    private readonly engine: EngineClient,
    private readonly settings: SettingsReader,
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.register(
      vscode.workspace.onDidChangeWorkspaceFolders(event => void this.onFolders(event)),
    );
    const watcher = this.register(
      vscode.workspace.createFileSystemWatcher(logFileGlob, false, true, true),
    );
    this.register(watcher.onDidCreate(uri => this.onNewFile(uri)));
    this.register({ dispose: () => clearTimeout(this.newFileTimer) });
  }

  get state(): SourcesState {
    if (this.open.size === 0) {
      return this.finding ? 'finding' : 'empty';
    }
    return this.busy > 0 ? 'reading' : 'ready';
  }

  get paths(): readonly string[] {
    return [...this.open];
  }

  /** Whether a file is one that is followed, or lies in a folder that is. */
  covers(file: string): boolean {
    return this.paths.some(open => file === open || file.startsWith(`${open}${path.sep}`));
  }

  /** Opens what was open, then what is found in the workspace folders. */
  async restore(): Promise<void> {
    await Promise.all(this.saved.added.map(added => this.follow(added)));
    await this.find();
    this.engine.markRestored();
  }

  /** Where well-known tools keep their logs; only what is there, the latest first. */
  async known(): Promise<readonly KnownLogs[]> {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter(folder => folder.uri.scheme === 'file')
      .map(folder => folder.uri.fsPath);
    const known = await this.engine.client.listKnownLogs({ folders });
    this.engine.rest();
    return known
      .filter(place => place.exists)
      .toSorted((one, other) => (other.changedTime ?? 0) - (one.changedTime ?? 0));
  }

  /** Tells the welcome view what could be opened, once, and only when it is there to be read. Nothing is followed without being asked for. */
  async tellKnown(): Promise<void> {
    if (this.hasToldKnown || this.state !== 'empty') {
      return;
    }
    this.hasToldKnown = true;
    try {
      const ids = new Set((await this.known()).map(place => place.id));
      const offered = ['claude-code', 'codex'].filter(id => ids.delete(id));
      setContext('callsight.knownLogs', [...offered, ...(ids.size > 0 ? ['other'] : [])].join(' '));
    } catch (error) {
      this.log.warn(`known logs could not be looked for: ${String(error)}`);
    }
  }

  /** Looks for logs in the workspace folders. `all`: also those that the user closed before. Resolves to how many were new. */
  async find(options: { all?: boolean } = {}): Promise<number> {
    if (options.all) {
      await this.save({ ...this.saved, closed: [] });
    }
    const before = this.open.size;
    if (options.all || this.settings.current.autoDiscover) {
      this.finding = true;
      this.changed.fire();
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        if (folder.uri.scheme === 'file') {
          await this.findBelow(folder.uri.fsPath);
        }
      }
    }
    this.finding = false;
    this.engine.rest();
    this.changed.fire();
    return this.open.size - before;
  }

  /** Follows what the user chose, now and the next time the workspace opens. */
  async add(file: string): Promise<void> {
    const { added, closed } = this.saved;
    await this.save({
      added: [...new Set([...added, file])],
      closed: closed.filter(other => other !== file),
    });
    await this.follow(file);
  }

  async remove(file: string): Promise<void> {
    const { added, closed } = this.saved;
    await this.save({
      added: added.filter(other => other !== file),
      closed: [...new Set([...closed, file])],
    });
    this.open.delete(file);
    await this.engine.removeSource(file);
    this.engine.rest();
    this.changed.fire();
  }

  /** What is not read yet is not read; of one source, or of all. */
  async stopReading(file?: string): Promise<void> {
    for (const source of file === undefined ? this.paths : [file]) {
      await this.engine.client.stopReading({ path: source });
    }
  }

  async resumeReading(file?: string): Promise<void> {
    for (const source of file === undefined ? this.paths : [file]) {
      await this.engine.client.resumeReading({ path: source });
    }
  }

  private get saved(): Saved {
    const saved = this.memory.get(savedKey);
    const added = propertyOf(saved, 'added');
    const closed = propertyOf(saved, 'closed');
    return { added: isStrings(added) ? added : [], closed: isStrings(closed) ? closed : [] };
  }

  private async save(saved: Saved): Promise<void> {
    await this.memory.update(savedKey, saved);
  }

  private async follow(file: string): Promise<void> {
    if (this.open.has(file)) {
      return;
    }
    this.open.add(file);
    this.busy++;
    this.changed.fire();
    try {
      await this.engine.addSource(file);
      await this.engine.client.whenIdle({});
    } catch (error) {
      this.log.error(`cannot follow a source: ${String(error)}`);
    } finally {
      this.busy--;
      this.changed.fire();
    }
  }

  private async findBelow(folder: string): Promise<void> {
    const { closed } = this.saved;
    try {
      const found = await this.engine.client.discover({ path: folder });
      const wanted = found
        .map(item => item.path)
        .filter(item => !closed.includes(item) && !this.isFollowed(item));
      // the outer of two nested folders holds the inner
      wanted.sort((a, b) => a.length - b.length);
      for (const item of wanted) {
        if (!this.isFollowed(item)) {
          void this.follow(item);
        }
      }
    } catch (error) {
      this.log.warn(`logs could not be looked for: ${String(error)}`);
    }
  }

  private isFollowed(file: string): boolean {
    return [...this.open].some(open => file === open || file.startsWith(open + path.sep));
  }

  private onNewFile(uri: vscode.Uri): void {
    const { fsPath } = uri;
    const hidden = fsPath.split(path.sep).includes('node_modules');
    if (
      !this.settings.current.autoDiscover ||
      uri.scheme !== 'file' ||
      hidden ||
      this.isFollowed(fsPath)
    ) {
      return;
    }
    this.newFiles.add(path.dirname(fsPath));
    clearTimeout(this.newFileTimer);
    this.newFileTimer = setTimeout(() => void this.findInNewFolders(), newFileDelayMs);
  }

  private async findInNewFolders(): Promise<void> {
    const folders = [...this.newFiles];
    this.newFiles.clear();
    for (const folder of folders) {
      await this.findBelow(folder);
    }
    this.engine.rest();
  }

  private async onFolders(event: vscode.WorkspaceFoldersChangeEvent): Promise<void> {
    for (const folder of event.removed) {
      const gone = this.paths.filter(
        file => isBelow(file, folder.uri.fsPath) && !this.saved.added.includes(file),
      );
      for (const file of gone) {
        this.open.delete(file);
        await this.engine.removeSource(file);
      }
    }
    await this.find();
  }
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder + path.sep);
}

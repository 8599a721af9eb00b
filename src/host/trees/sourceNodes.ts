import path from 'node:path';
import type * as vscode from 'vscode';
import type { Skipped } from '../../model/source';
import type { FileStatus, SourceStatus } from '../../protocol/sourceStatus';
import type { Hover, Row } from '../display/row';
import {
  toFileGroupRow,
  toFileHover,
  toFileRow,
  toSkippedRow,
  toSourceHover,
  toSourceRow,
} from '../display/sourceRow';
import type { TreeNode } from './treeNode';

/** A place of a file that a click on a row opens. */
export interface FilePlace {
  readonly file: string;
  /** See `SourceRef.entry`. */
  readonly entry?: string | undefined;
  /** 1-based; undefined while it is not known. */
  readonly line: number | undefined;
}

export class SourceNode implements TreeNode {
  readonly id: string;
  readonly parent = undefined;
  readonly contextValue: string;
  readonly children: (() => Promise<readonly TreeNode[]>) | undefined;

  constructor(
    readonly source: SourceStatus,
    readonly expanded: boolean,
    list: (node: SourceNode) => Promise<readonly TreeNode[]>,
  ) {
    this.id = source.path;
    this.contextValue =
      source.state === 'reading' || source.state === 'stopped'
        ? `source.${source.state}`
        : 'source';
    this.children = source.files === 0 ? undefined : () => list(this);
  }

  row(): Row {
    return toSourceRow(this.source, path.basename(this.source.path) || this.source.path);
  }

  hover(): Hover {
    return toSourceHover(this.source);
  }
}

export class FileGroupNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'fileGroup';

  constructor(
    readonly parent: SourceNode,
    private readonly pattern: string,
    private readonly files: readonly FileStatus[],
    private readonly toNodes: (
      parent: TreeNode,
      files: readonly FileStatus[],
    ) => readonly TreeNode[],
  ) {
    this.id = `${parent.id}\0${pattern}`;
  }

  row(): Row {
    return toFileGroupRow(this.pattern, this.files);
  }

  readonly children = (): Promise<readonly TreeNode[]> =>
    Promise.resolve(this.toNodes(this, this.files));
}

export class FileNode implements TreeNode {
  readonly id: string;
  readonly contextValue: string;
  readonly children: (() => Promise<readonly TreeNode[]>) | undefined;

  constructor(
    readonly parent: TreeNode,
    readonly file: FileStatus,
    list: (node: FileNode) => Promise<readonly TreeNode[]>,
  ) {
    this.id = `${parent.id}\0${file.path}`;
    this.contextValue = file.canBeMapped ? 'file.mappable' : 'file';
    this.children = file.skipped === 0 ? undefined : () => list(this);
  }

  row(): Row {
    return toFileRow(this.file);
  }

  hover(): Hover {
    return toFileHover(this.file);
  }

  /** There is nothing to see in packed bytes. */
  command(): vscode.Command | undefined {
    return this.file.entries === undefined
      ? openPlaceCommand({ file: this.file.path, line: 1 })
      : undefined;
  }
}

export class SkippedNode implements TreeNode {
  readonly id: string;
  readonly contextValue = 'skipped';

  constructor(
    readonly parent: FileNode,
    private readonly skipped: Skipped,
  ) {
    this.id = `${parent.id}\0${skipped.offset}`;
  }

  row(): Row {
    return toSkippedRow(this.skipped);
  }

  command(): vscode.Command {
    return openPlaceCommand(this.skipped);
  }
}

function openPlaceCommand({ file, entry, line }: FilePlace): vscode.Command {
  const place: FilePlace = { file, entry, line };
  return {
    command: 'callsight.openRecord',
    title: 'Open Record',
    arguments: [place, { preserveFocus: true }],
  };
}

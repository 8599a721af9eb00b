import { positionLabel } from '../model/source';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SpanDetail } from '../protocol/engineContract';
import { formatBytes } from './display/format';
import { forNotification } from './display/visibleText';
import type { Documents } from './documents';

/** VS Code does not hand documents above this size to extensions. */
const maxEditorBytes = 50 * 1024 * 1024;

export interface Place {
  readonly file: string;
  /** See `SourceRef.entry`. */
  readonly entry?: string | undefined;
  /** 1-based; undefined while it is not known. */
  readonly line: number | undefined;
}

/** Opens records in their file at their line. */
export class RecordOpener {
  constructor(private readonly documents: Documents) {}

  /** Opens the record of a call; from a packed file, or one that is too large for the editor, the record alone. */
  async openSource(detail: SpanDetail, index: number, preserveFocus = false): Promise<void> {
    const source = detail.span.sources[index];
    if (!source) {
      return;
    }
    if (source.entry !== undefined) {
      await this.documents.openPart(detail, 'raw');
      return;
    }
    const tooLarge = await largeFile(source.file);
    if (tooLarge === undefined) {
      await this.openPlace(source, preserveFocus);
      return;
    }
    await this.documents.openPart(detail, 'raw');
    void vscode.window.showInformationMessage(
      `The file is too large for the editor (${formatBytes(tooLarge)}), so the record is shown alone. It stands in ${forNotification(source.file)}${positionLabel(source)}.`,
    );
  }

  async openPlace(place: Place, preserveFocus = false): Promise<void> {
    if (place.entry !== undefined) {
      void vscode.window.showInformationMessage(
        `The editor cannot show what is packed: ${lineOf(place)}${forNotification(place.entry)} in ${forNotification(place.file)}.`,
      );
      return;
    }
    const tooLarge = await largeFile(place.file);
    if (tooLarge !== undefined) {
      void vscode.window.showInformationMessage(
        `The file is too large for the editor (${formatBytes(tooLarge)}): ${lineOf(place)}${forNotification(place.file)}.`,
      );
      return;
    }
    const position = new vscode.Position(Math.max(0, (place.line ?? 1) - 1), 0);
    try {
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(place.file), {
        preview: true,
        preserveFocus,
        selection: new vscode.Range(position, position),
      });
      editor.revealRange(
        new vscode.Range(position, position),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The file cannot be opened: ${forNotification(reason)}`);
    }
  }
}

function lineOf({ line }: Place): string {
  return line === undefined ? '' : `line ${line} of `;
}

/** Size of a file that the editor will not take; undefined when it will, or when there is no such file. */
async function largeFile(file: string): Promise<number | undefined> {
  try {
    const { size } = await stat(file);
    return size > maxEditorBytes ? size : undefined;
  } catch {
    // the editor says better why a file cannot be opened
    return undefined;
  }
}

import * as vscode from 'vscode';
import { errorColor, mutedColor, type Row } from '../display/row';

const rowScheme = 'callsight-row';
/** A badge of a decoration has room for two characters. */
const maxBadgeCount = 99;

/** An address that says how a row is to be drawn: the provider below reads it there and keeps nothing. */
export function rowUri(id: string, row: Row): vscode.Uri | undefined {
  if (!row.count && !row.tone) {
    return undefined;
  }
  const query = new URLSearchParams({ count: String(row.count ?? 0), tone: row.tone ?? '' });
  return vscode.Uri.from({
    scheme: rowScheme,
    path: `/${encodeURIComponent(id)}`,
    query: query.toString(),
  });
}

/** Draws the number of errors at the right edge of a row, and failed rows in the colour of errors. */
export class RowDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== rowScheme) {
      return undefined;
    }
    const query = new URLSearchParams(uri.query);
    const count = Number(query.get('count'));
    const tone = query.get('tone');
    const badge = count > maxBadgeCount ? '9+' : String(count);
    const color = tone === 'failed' ? errorColor : tone === 'muted' ? mutedColor : undefined;
    return new vscode.FileDecoration(
      count > 0 ? badge : undefined,
      count > 0 ? `${count} failed` : undefined,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
  }
}

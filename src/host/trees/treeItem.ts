import * as vscode from 'vscode';
import { escapeMarkdown } from '../display/markdown';
import type { Hover, Row } from '../display/row';
import { rowUri } from './decorations';
import type { TreeNode } from './treeNode';

/** The item that VS Code draws for a node. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
  const row = node.row();
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    { label: row.label, highlights: (row.highlights ?? []).map(([start, end]) => [start, end]) },
    node.children ? (node.expanded ? Expanded : Collapsed) : None,
  );
  item.id = node.id;
  item.contextValue = node.contextValue;
  if (row.description) {
    item.description = row.description;
  }
  if (row.icon) {
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.iconColor ? new vscode.ThemeColor(row.iconColor) : undefined,
    );
  }
  if (!node.hover) {
    // else VS Code shows the address below, which is for nobody to read
    item.tooltip = [row.label, row.description].filter(Boolean).join('\n');
  }
  const uri = rowUri(node.id, row);
  if (uri) {
    item.resourceUri = uri;
  }
  item.accessibilityInformation = { label: spokenText(row) };
  const command = node.command?.();
  if (command) {
    item.command = command;
  }
  return item;
}

/**
 * Log text goes in as text only: no links, no commands, no icons, no HTML come out of it. `appendText` would let web
 * addresses become links by themselves, entities become characters, and no line break between its words.
 */
export function toMarkdown(hover: Hover): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  const sections = hover.filter(lines => lines.length > 0);
  sections.forEach((lines, index) => {
    if (index > 0) {
      markdown.appendMarkdown('\n\n---\n\n');
    }
    lines.forEach((line, at) => {
      if (at > 0) {
        markdown.appendMarkdown('  \n');
      }
      const heading = index === 0 && at === 0 && line !== '';
      markdown.appendMarkdown(heading ? '**' : '');
      markdown.appendMarkdown(escapeMarkdown(line));
      markdown.appendMarkdown(heading ? '**' : '');
    });
  });
  return markdown;
}

function spokenText(row: Row): string {
  return row.spoken ?? [row.label, row.description].filter(Boolean).join(', ');
}

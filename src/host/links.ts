import * as vscode from 'vscode';

/** Whether an address is one of the web; nothing else is ever opened. */
export function isWebLink(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

/** Opens a page in the browser. Other addresses are refused. */
export async function openWebLink(address: string): Promise<void> {
  if (!isWebLink(address)) {
    throw new Error('Only http and https links are opened.');
  }
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

/**
 * Ids that code and package.json share, as a table: a unit test holds the two equal in both directions. `palette` says
 * where a command stands in the command palette: always, never, or under this `when`.
 */
export interface CommandEntry {
  readonly title: string;
  readonly icon?: string;
  readonly palette: 'always' | 'never' | (string & {});
}

const onCall = 'callsight.callSelected';
const withSources = 'callsight.hasSources';

export const commands = {
  'callsight.openLogFolder': { title: 'Open Log Folder…', icon: '$(add)', palette: 'always' },
  'callsight.openLogFile': { title: 'Open Log File…', palette: 'always' },
  'callsight.openAsLog': { title: 'Open as LLM Log', palette: 'never' },
  'callsight.openSampleLogs': { title: 'Open Sample Logs', palette: 'always' },
  'callsight.findLogs': { title: 'Find Logs in Workspace', icon: '$(refresh)', palette: 'always' },
  'callsight.stopReading': {
    title: 'Stop Reading',
    icon: '$(stop-circle)',
    palette: 'callsight.reading',
  },
  'callsight.resumeReading': {
    title: 'Resume Reading',
    icon: '$(play-circle)',
    palette: 'callsight.readingStopped',
  },
  'callsight.removeSource': { title: 'Close Log Source', icon: '$(close)', palette: withSources },
  'callsight.mapFields': {
    title: 'Map Fields of a Log…',
    icon: '$(symbol-field)',
    palette: 'always',
  },
  'callsight.search': {
    title: 'Search in Prompts and Responses…',
    icon: '$(search)',
    palette: withSources,
  },
  'callsight.filter': { title: 'Filter…', icon: '$(filter)', palette: withSources },
  'callsight.changeFilter': { title: 'Change Filter…', icon: '$(filter-filled)', palette: 'never' },
  'callsight.clearFilter': {
    title: 'Clear Filter',
    icon: '$(clear-all)',
    palette: 'callsight.filtered',
  },
  'callsight.groupBy': { title: 'Group by…', icon: '$(list-tree)', palette: withSources },
  'callsight.loadMore': { title: 'Load More', palette: 'never' },
  'callsight.goToTrace': { title: 'Go to Trace…', palette: withSources },
  'callsight.openTrace': { title: 'Open Trace', icon: '$(pulse)', palette: onCall },
  'callsight.nextError': { title: 'Go to Next Error', palette: withSources },
  'callsight.previousError': { title: 'Go to Previous Error', palette: withSources },
  'callsight.openRecord': { title: 'Open Record', icon: '$(go-to-file)', palette: onCall },
  'callsight.openCallAtCursor': { title: 'Show Call at Cursor', palette: withSources },
  'callsight.openPrompt': { title: 'Open Prompt', palette: onCall },
  'callsight.openResponse': { title: 'Open Response', palette: onCall },
  'callsight.openRawJson': { title: 'Open Raw JSON', palette: onCall },
  'callsight.compareWithPrevious': { title: 'Compare with Previous Call', palette: onCall },
  'callsight.copyAsMarkdown': { title: 'Copy as Markdown', palette: onCall },
  'callsight.copyAsJson': { title: 'Copy as JSON', palette: onCall },
  'callsight.diagnose': { title: 'Diagnose…', icon: '$(lightbulb)', palette: 'always' },
  'callsight.diagnoseAll': {
    title: 'Diagnose All Errors',
    icon: '$(lightbulb)',
    palette: withSources,
  },
  'callsight.diagnoseSelection': { title: 'Diagnose Selection', palette: 'editorHasSelection' },
  'callsight.diagnoseText': { title: 'Diagnose Pasted Text…', palette: 'always' },
  'callsight.explainWithAi': { title: 'Explain with AI…', palette: onCall },
  'callsight.showLog': { title: 'Show Log', palette: 'always' },
} as const satisfies Readonly<Record<string, CommandEntry>>;
export type CommandId = keyof typeof commands;

export const views = {
  'callsight.traces': { name: 'Traces' },
  'callsight.findings': { name: 'Findings' },
  'callsight.sources': { name: 'Sources' },
} as const;
export type ViewId = keyof typeof views;

/** Context keys that `when` clauses of package.json read. */
export type ContextKey =
  | 'callsight.state'
  | 'callsight.hasSources'
  | 'callsight.reading'
  | 'callsight.readingStopped'
  | 'callsight.filtered'
  | 'callsight.callSelected'
  | 'callsight.knownLogs';

export interface SettingEntry {
  readonly type: 'boolean' | 'string' | 'object' | 'array';
  readonly default: unknown;
  readonly enum?: readonly string[];
}

/** Settings without the `callsight.` in front. What each does is told in package.json. */
export const settings = {
  autoDiscover: { type: 'boolean', default: true },
  inferTraces: { type: 'boolean', default: true },
  groupBy: {
    type: 'string',
    default: 'day',
    enum: ['trace', 'session', 'model', 'file', 'day'],
  },
  rules: { type: 'object', default: {} },
  budget: { type: 'object', default: {} },
  mappings: { type: 'array', default: [] },
  'problems.enabled': { type: 'boolean', default: true },
  'codeLens.enabled': { type: 'boolean', default: true },
  'statusBar.enabled': { type: 'boolean', default: true },
  'watch.polling': { type: 'boolean', default: false },
  keepIndex: { type: 'boolean', default: true },
} as const satisfies Readonly<Record<string, SettingEntry>>;

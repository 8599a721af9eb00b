import * as z from 'zod';
import { groupBySchema } from '../protocol/engineContract';
import { settings as declared } from './manifest';

const schema = {
  autoDiscover: z.boolean(),
  inferTraces: z.boolean(),
  groupBy: groupBySchema,
  rules: z.record(z.string(), z.enum(['off', 'info', 'warning', 'error', 'critical'])),
  'problems.enabled': z.boolean(),
  'statusBar.enabled': z.boolean(),
  'watch.polling': z.boolean(),
} satisfies Readonly<Record<keyof typeof declared, z.ZodType>>;
type SettingName = keyof typeof schema;
export type Settings = { readonly [Name in SettingName]: z.infer<(typeof schema)[Name]> };

/** Reads every setting; a value of the wrong kind becomes the default, with one warning that names it. */
export function parseSettings(
  get: (name: SettingName) => unknown,
  warn: (text: string) => void,
): Settings {
  const parse = <Name extends SettingName>(name: Name): Settings[Name] => {
    const parsed = schema[name].safeParse(get(name));
    if (parsed.success) {
      // safeParse of a schema picked by name gives the union of all outputs
      return parsed.data as Settings[Name];
    }
    warn(`The setting callsight.${name} has no valid value; its default is used.`);
    return schema[name].parse(declared[name].default) as Settings[Name];
  };
  return Object.freeze({
    autoDiscover: parse('autoDiscover'),
    inferTraces: parse('inferTraces'),
    groupBy: parse('groupBy'),
    rules: parse('rules'),
    'problems.enabled': parse('problems.enabled'),
    'statusBar.enabled': parse('statusBar.enabled'),
    'watch.polling': parse('watch.polling'),
  });
}

import fs from 'node:fs';
import path from 'node:path';
import { mappedFields, type Mapping } from '../model/mapping';
import { UsageError } from './io';

const maxFileBytes = 1024 * 1024;

/**
 * What `--map` says: a file with one mapping, a list of them or VS Code's settings, or `prompt=q,model=a.b`. Throws UsageError.
 */
export async function readMappings(given: string, cwd: string): Promise<readonly Mapping[]> {
  const isInline = given.includes('=') && !/\.json$/i.test(given);
  const value = isInline ? parsePairs(given) : await readFile(given, path.resolve(cwd, given));
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const { mappingSchema } = await import('../protocol/mappingInWords');
  return list.map(item => {
    const parsed = mappingSchema.safeParse(item);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = issue?.path.join('.') ?? '';
      throw new UsageError(
        `--map: ${place === '' ? '' : `${place}: `}${issue?.message ?? 'no mapping'}; the fields are ${mappedFields.join(', ')}`,
      );
    }
    return parsed.data;
  });
}

function parsePairs(text: string): unknown {
  const pairs = text.split(',').map((pair): [string, string] => {
    const [field = '', ...rest] = pair.split('=');
    return [field.trim(), rest.join('=').trim()];
  });
  return { name: 'command line', fields: Object.fromEntries(pairs) };
}

async function readFile(given: string, file: string): Promise<unknown> {
  try {
    const { size } = await fs.promises.stat(file);
    if (size > maxFileBytes) {
      throw new UsageError(`--map: ${given} is too large to be a mapping`);
    }
    const value: unknown = JSON.parse(await fs.promises.readFile(file, 'utf8'));
    return settingIn(value) ?? value;
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--map: cannot read ${given}: ${reason}`, { cause: error });
  }
}

/** `callsight.mappings` of a settings.json. */
function settingIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'callsight.mappings' in value
    ? value['callsight.mappings']
    : undefined;
}

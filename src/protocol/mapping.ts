import * as z from 'zod/mini';
import { mappedFields, type Mapping } from '../model/mapping';

/** Mappings of one window or command line. */
export const maxMappings = 100;
const path = z.string().check(z.minLength(1), z.maxLength(300));

/** A mapping as it stands in the settings, a file or on the command line. */
export const mappingSchema: z.ZodMiniType<Mapping> = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  match: z.optional(z.array(path).check(z.maxLength(50))),
  fields: z
    .partialRecord(z.enum(mappedFields), path)
    .check(z.refine(fields => Object.keys(fields).length > 0, 'it maps no field')),
});

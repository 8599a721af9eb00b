import * as z from 'zod';
import { mappedFields, type Mapping } from '../model/mapping';

/** Mappings of one window or command line. */
export const maxMappings = 100;
const path = z.string().min(1).max(300);

/** A mapping as it stands in the settings, a file or on the command line. */
export const mappingSchema: z.ZodType<Mapping> = z.object({
  name: z.string().min(1).max(200),
  match: z.array(path).max(50).optional(),
  fields: z
    .partialRecord(z.enum(mappedFields), path)
    .refine(fields => Object.keys(fields).length > 0, 'it maps no field'),
});

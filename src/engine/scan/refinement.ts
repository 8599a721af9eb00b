import type { FieldPath, FieldPaths, Magnitude } from './fieldPaths';
import type { Leaf } from './recordLeaves';

type Refine = (field: FieldPath) => boolean;

/** Tells fields apart more finely, for they are not read as was thought. */
export class Refinement {
  readonly #paths: FieldPaths;
  readonly #leaves: readonly Leaf[];

  /** `leaves`: those of the record that shows it. */
  constructor(paths: FieldPaths, leaves: readonly Leaf[]) {
    this.#paths = paths;
    this.#leaves = leaves;
  }

  /** Those of the fields that are told apart least are refined; false when none can be. */
  refine(fields: readonly FieldPath[]): boolean {
    const steps: readonly Refine[] = [
      this.#toKind,
      field => this.#toMagnitude(field, 'any', 'range'),
      this.#toApart,
      field => this.#toMagnitude(field, 'range', 'step'),
      this.#toLabel,
    ];
    return steps.some(step => fields.filter(field => step(field)).length > 0);
  }

  readonly #toKind: Refine = field => {
    if (field.reading !== 'opaque') {
      return false;
    }
    this.#paths.change(field, { reading: 'kind' });
    return true;
  };

  #toMagnitude(field: FieldPath, from: Magnitude, magnitude: Magnitude): boolean {
    const isNumber = this.#leaves.some(
      leaf => leaf.field === field && typeof leaf.value === 'number',
    );
    if (!isNumber || field.magnitude !== from) {
      return false;
    }
    this.#paths.change(field, { magnitude });
    return true;
  }

  readonly #toApart: Refine = field => {
    if (field.mixing !== 'mixed') {
      return false;
    }
    this.#paths.change(field, { mixing: 'apart' });
    return true;
  };

  /** What was a label before has too many values for one. */
  readonly #toLabel: Refine = field => {
    if (field.reading !== 'kind' || field.labels.size > 0) {
      return false;
    }
    this.#paths.change(field, { reading: 'label' });
    return true;
  };
}

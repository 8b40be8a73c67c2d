/** Attributes of features, and how they are annotated. */
import type { Attribute, Feature, Value } from '../generated/ast.js';
import { lastName } from '../scoping/symbols.js';

interface Annotated {
  annotations: { $refText: string }[];
}

/** Last names of the paths of a node's annotations: what an annotation counts by. */
export const annotationNames = (node: Annotated): string[] => node.annotations.map((a) => lastName(a.$refText));

/** Whole paths, where the last name alone says too little. */
export const annotationPaths = (node: Annotated): string[] => node.annotations.map((a) => a.$refText);

/** The same name in every schema's spelling: without case, underscores and trailing digits. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/_|\d+$/g, '');

export function valueOf(value: Value): string | number | boolean {
  return value.value;
}

interface Featured {
  attributes: Attribute[];
  features?: Feature[];
}

/** An attribute with the features around it, outermost first. */
export interface LocatedAttribute {
  node: Attribute;
  features: Feature[];
}

/** All attributes of a node and of its features, in source order of each level. */
export function attributesOf(owner: Featured, features: Feature[] = []): LocatedAttribute[] {
  return [...owner.attributes.map((node) => ({ node, features })), ...(owner.features ?? []).flatMap((feature) => attributesOf(feature, [...features, feature]))];
}

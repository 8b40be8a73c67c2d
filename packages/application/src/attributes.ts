/** Attributes of features as plain data, and what they mean. */
import { placeOf, type Attribute as AttributeNode, type Feature, type Value } from '@camelc/language';
import type { Attribute } from './model.js';

interface Annotated {
  annotations: { $refText: string }[];
}

/** Last names of the paths of a node's annotations: what an annotation counts by. */
export const annotationNames = (node: Annotated): string[] => node.annotations.map((a) => lastName(a.$refText));

/** Whole paths, where the last name alone says too little. */
export const annotationPaths = (node: Annotated): string[] => node.annotations.map((a) => a.$refText);

export const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1).trim();

/** The same name in every schema's spelling: without case, underscores and trailing digits. */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/_|\d+$/g, '');

export function valueOf(value: Value): string | number | boolean {
  return value.value;
}

interface Featured {
  attributes: AttributeNode[];
  features?: Feature[];
}

/** An attribute with the features around it, outermost first. */
export interface LocatedAttribute {
  node: AttributeNode;
  features: Feature[];
}

/** All attributes of a node and of its features, in source order of each level. */
export function attributesOf(owner: Featured, features: Feature[] = []): LocatedAttribute[] {
  return [...owner.attributes.map((node) => ({ node, features })), ...(owner.features ?? []).flatMap((feature) => attributesOf(feature, [...features, feature]))];
}

/** An attribute as plain data. */
export function plainAttribute({ node, features }: LocatedAttribute): Attribute {
  const name = node.name ?? '';
  const number = (value: Value | undefined): number | undefined => {
    const plain = value && valueOf(value);
    return typeof plain === 'number' ? plain : undefined;
  };
  return {
    path: [...features.map((f) => f.name), name].filter(Boolean).join('.'),
    name,
    place: placeOf(node, node.name === undefined ? undefined : 'name'),
    ...(node.value && { valuePlace: placeOf(node.value, 'value'), value: valueOf(node.value) }),
    annotations: annotationNames(node),
    featureAnnotations: [...features].reverse().flatMap(annotationNames),
    ...(node.min && { minimum: number(node.min), minimumInclusive: node.minInclusive }),
    ...(node.max && { maximum: number(node.max), maximumInclusive: node.maxInclusive }),
    ...(node.unit && { unit: lastName(node.unit.$refText) }),
  };
}

/** A qualified name as reports have it: without the camel model's. */
export const withoutModel = (name: string): string => name.slice(name.indexOf('.') + 1);

/** Attributes of features as plain data. */
import { annotationNames, lastName, placeOf, valueOf, type LocatedAttribute, type Value } from '@camelc/language';
import type { Attribute } from './model.js';

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

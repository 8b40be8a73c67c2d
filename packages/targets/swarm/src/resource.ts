import type { Reasoned } from '@camelc/deployment';
import type { Json, Resource } from '@camelc/plan';
import { nameOf } from './names.js';

/** A resource of a kind that its key says, called as its key says unless told otherwise. */
export const resource = (key: string, spec: object, { why, from }: Reasoned, more: Partial<Resource> = {}): Resource => ({
  key,
  kind: key.slice(0, key.indexOf('/')),
  name: nameOf(key),
  spec: spec as Json,
  needs: [],
  ...more,
  why,
  from,
});

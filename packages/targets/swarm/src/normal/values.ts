/** Values as the Engine has them, and as people read them. */
import type { Json } from '@camelc/plan';

/** Nanoseconds of each unit, the longest first. */
const units: readonly (readonly [string, number])[] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
  ['ns', 1],
];

/** A duration in nanoseconds as a whole number of the longest unit that allows it: `90s`, `1500ms`. */
export function durationOf(nanoseconds: number): string {
  const [unit, size] = units.find(([, size]) => nanoseconds % size === 0)!;
  return `${nanoseconds / size}${unit}`;
}

/** The nanoseconds of a duration that `durationOf` or a stack has written. */
export function nanosecondsOf(duration: string): number {
  const unit = duration.replace(/^[\d.]+/, '');
  return Math.round(parseFloat(duration) * units.find(([name]) => name === unit)![1]);
}

const mebibyte = 2 ** 20;

/** Bytes in mebibytes, which Docker calls `M`, where that is a whole number. */
export const sizeOf = (bytes: number): string => (bytes % mebibyte === 0 ? `${bytes / mebibyte}M` : `${bytes}B`);

export const bytesOf = (size: string): number => parseInt(size, 10) * (size.endsWith('M') ? mebibyte : 1);

/** Whether a value says nothing that its absence would not say. */
const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === false || value === 0 || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** The value without what says nothing, in it and in all that it holds. */
export function pruned(value: Json): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return isEmpty(value) ? undefined : value;
  const kept = compact(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pruned(item)])));
  return isEmpty(kept) ? undefined : kept;
}

/** The object without its absent properties. */
export function compact<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** An object of at least one property, else nothing. */
export const unlessEmpty = <T extends object>(object: T | null | undefined): T | undefined => (object && Object.keys(object).length > 0 ? object : undefined);

/** An object with its properties in the order of their names, which Swarm does not keep. */
export const sorted = <T>(object: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Both in one; where both have a value that is no object, that of `over` counts. */
export function merged(under: Json | undefined, over: Json | undefined): Json {
  if (!isObject(under) || !isObject(over)) return over ?? under ?? null;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(under[key], over[key])]));
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

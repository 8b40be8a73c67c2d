/** Remembers what was derived from an object, as long as that lives. */
export function memo<K extends object, V>(derive: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) known.set(key, (entry = { value: derive(key) }));
    return entry.value;
  };
}

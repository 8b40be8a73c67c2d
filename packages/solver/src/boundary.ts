/** Where something that is false up to some number and true from there on begins to be true, by halving. */

/** The least s between low and high for which `holds`, where it holds from some s on; Infinity if never. */
export function boundary(low: number, high: number, holds: (s: number) => boolean): number {
  if (holds(low)) return low;
  if (!holds(high)) return Infinity;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}

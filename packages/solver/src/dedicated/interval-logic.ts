/** Interval extensions of relations, logic and choices. */
import { operate } from '@camelc/problem';
import { tested } from './expression.js';
import { all, mixed, opposite, set, undefinedBit, unsafe, type Registers, type Rule } from './interval.js';

/** ≥ and its like rise with the first and fall with the second argument. */
export const relation = (greater: boolean): Rule => ({
  range: (r, [a, b], out, e) => {
    const at = (x: number, y: number): number => operate(e.op as '<', [x, y]);
    const [first, second] = [at(r.low[a!]!, r.high[b!]!), at(r.high[a!]!, r.low[b!]!)];
    return greater ? set(r, out, first, second) : set(r, out, second, first);
  },
  trend: (_, [a, b], trends) => (greater ? trends[a!]! | opposite(trends[b!]!) : opposite(trends[a!]!) | trends[b!]!),
});

export const equality = (equal: boolean): Rule => ({
  range: (r, [a, b], out) => {
    const apart = operate('<', [r.high[a!]!, r.low[b!]!]) === 1 || operate('<', [r.high[b!]!, r.low[a!]!]) === 1;
    if (apart) return set(r, out, Number(!equal), Number(!equal));
    // Both ends of one being nearly equal to both of the other leaves nothing else between them.
    const same = operate('==', [r.low[a!]!, r.high[b!]!]) === 1 && operate('==', [r.high[a!]!, r.low[b!]!]) === 1;
    return same ? set(r, out, Number(equal), Number(equal)) : set(r, out, 0, 1);
  },
});

const isTrue = (r: Registers, a: number): boolean => r.low[a]! > 0 || r.high[a]! < 0;
const isFalse = (r: Registers, a: number): boolean => r.low[a] === 0 && r.high[a] === 0;
/** The trend of the truth of a value. */
export const truthTrend = (r: Registers, a: number, trends: Uint8Array): number =>
  trends[a] === 0 || r.low[a]! >= 0 ? trends[a]! : r.high[a]! <= 0 ? opposite(trends[a]!) : trends[a]! | mixed;

export const logic = (stops: boolean): Rule => ({
  range: (r, args, out) => {
    const [ends, goesOn] = stops ? [isTrue, isFalse] : [isFalse, isTrue];
    if (args.some((a) => ends(r, a))) return set(r, out, Number(stops), Number(stops));
    return args.every((a) => goesOn(r, a)) ? set(r, out, Number(!stops), Number(!stops)) : set(r, out, 0, 1);
  },
  trend: (r, args, trends) => args.reduce((bits, a) => bits | truthTrend(r, a, trends), 0),
});

export const not: Rule = {
  range: (r, [a], out) => set(r, out, Number(isFalse(r, a!)), Number(!isTrue(r, a!))),
  trend: (r, [a], trends) => opposite(truthTrend(r, a!, trends)),
};

export const test: Rule = {
  range: (r, [a], out, { test, value }) => {
    const [low, high] = [r.low[a!]!, r.high[a!]!];
    const [first, last] = [tested(low, test!, value!), tested(high, test!, value!)];
    switch (test!) {
      case '<':
      case '<=':
        return set(r, out, last, first);
      case '>':
      case '>=':
      case 'least':
        return set(r, out, first, last);
      default: {
        const beside = high < value! || low > value!;
        const equal = test === '==' ? 1 : 0;
        // Values that are equal to the threshold lie around it without a gap.
        if (first === last && (first === equal || beside)) return set(r, out, first, first);
        return set(r, out, 0, 1);
      }
    }
  },
  trend: (_, [a], trends, { test }) => (test === '<' || test === '<=' ? opposite(trends[a!]!) : test === '==' || test === '<>' ? trends[a!]! && trends[a!]! | mixed : trends[a!]!),
};

/** Both branches or one of them; what is undefined in a branch that is not taken does not matter. */
export const choice: Rule = {
  range: (r, [c, a, b], out) => {
    if (isTrue(r, c!) || isFalse(r, c!)) {
      const taken = isTrue(r, c!) ? a! : b!;
      set(r, out, r.low[taken]!, r.high[taken]!);
      return r.open[taken] === 1;
    }
    const [first, second] = Number.isNaN(r.low[a!]) ? [b!, b!] : Number.isNaN(r.low[b!]) ? [a!, a!] : [a!, b!];
    set(r, out, Math.min(r.low[first]!, r.low[second]!), Math.max(r.high[first]!, r.high[second]!));
    return r.open[a!] === 1 || r.open[b!] === 1;
  },
  trend: (r, [c, a, b], trends) => {
    const condition = trends[c!]!;
    if (isTrue(r, c!)) return trends[a!]! | (condition & undefinedBit);
    if (isFalse(r, c!)) return trends[b!]! | (condition & undefinedBit);
    const both = trends[a!]! | trends[b!]!;
    if (condition === 0) return both;
    // Whether the value is defined may hang on the branch.
    if (r.open[a!] === 1 || r.open[b!] === 1) return unsafe;
    const truth = truthTrend(r, c!, trends);
    return both | (r.low[a!]! >= r.high[b!]! ? truth : r.high[a!]! <= r.low[b!]! ? opposite(truth) : truth | mixed);
  },
};

export const coalesce: Rule = {
  range: (r, args, out) => {
    const some = args.filter((a) => !Number.isNaN(r.low[a]));
    const known = some.findIndex((a) => r.open[a] === 0);
    const used = known < 0 ? some : some.slice(0, known + 1);
    if (used.length === 0) return set(r, out, Number.NaN, Number.NaN) || true;
    set(r, out, Math.min(...used.map((a) => r.low[a]!)), Math.max(...used.map((a) => r.high[a]!)));
    return known < 0;
  },
  trend: (_, args, trends) => all(args, trends) && unsafe,
};

export const isUndefined: Rule = {
  range: (r, [a], out) => (r.open[a!] === 0 ? set(r, out, 0, 0) : Number.isNaN(r.low[a!]) ? set(r, out, 1, 1) : set(r, out, 0, 1)),
  trend: (r, [a], trends) => (r.open[a!] === 0 ? 0 : trends[a!]! && unsafe),
};

/** Operations that do not pass on what is undefined. */
export const takesUndefined = (op: string): boolean => op === 'if' || op === 'coalesce' || op === 'isNaN';

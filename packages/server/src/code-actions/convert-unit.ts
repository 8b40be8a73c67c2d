import {
  conversion,
  isAttribute,
  isCertifiableAttribute,
  isQualityAttribute,
  isSchedule,
  isSecurityAttribute,
  isTimer,
  isWindow,
  lastName,
  nodeOfProperty,
  unitByName,
  unitPath,
} from '@camelc/language';
import type { AstNode, CstNode, Reference } from 'langium';
import { CodeActionKind, type TextEdit } from 'vscode-languageserver';
import { editOf, overlaps, type Action, type Request, type Source } from './action.js';
import { elementAt, resolves, rewrite } from './rewriting.js';

/** Units that measure the same, from small to large. */
const scales: readonly (readonly string[])[] = [
  ['Bytes', 'KiloBytes', 'MegaBytes', 'GigaBytes', 'TeraBytes', 'PetaBytes'],
  ['MilliSeconds', 'Seconds', 'Minutes', 'Hours', 'Days', 'Weeks'],
  ['Hertz', 'KiloHertz', 'MegaHertz', 'GigaHertz'],
];

/** Says the same amount in the next smaller or larger unit: 8 GigaBytes for 8192 MegaBytes. */
export const convertUnit: Source = {
  kinds: [CodeActionKind.RefactorRewrite],
  actions(request: Request): Action[] {
    const measured = measurementAt(request);
    const from = measured && unitByName(measured.unit.$refText);
    if (!measured || !from || measured.amounts.length === 0 || hasWrongUnit(measured.node, request)) return [];
    const own = lastName(measured.unit.$refText);
    const scale = scales.find((names) => names.includes(own)) ?? [];
    const at = scale.indexOf(own);
    const smaller = scale.slice(0, Math.max(at, 0)).reverse();
    return [smaller, scale.slice(at + 1)].flatMap((names) => {
      for (const name of names) {
        const factor = conversion(from, unitByName(name)!)!;
        const texts = measured.amounts.map((amount) => convertedText(amount, factor));
        const path = pathOfUnit(name, measured, request);
        if (!path || texts.includes(undefined)) continue;
        const edits: TextEdit[] = [...measured.amounts.map(({ cst }, i) => rewrite(cst, texts[i]!)), rewrite(measured.unit.$refNode!, path)];
        return [{ title: `Convert to ${texts.join(' and ')} ${name}`, kind: CodeActionKind.RefactorRewrite, edit: () => editOf(request.document, edits) }];
      }
      return [];
    });
  },
};

interface Measurement {
  node: AstNode;
  property: string;
  unit: Reference;
  amounts: { cst: CstNode; value: number; isWhole: boolean }[];
}

function measurementAt(request: Request): Measurement | undefined {
  const attribute = elementAt(request, isMeasured);
  // A value type bounds the values in the unit that they have.
  if (attribute?.unit && !attribute.valueType) {
    const values = [attribute.min, attribute.max, attribute.value].filter((v) => v !== undefined);
    const amounts = values.flatMap((v) => (typeof v.value === 'number' ? [{ cst: nodeOfProperty(v, 'value')!, value: v.value, isWhole: v.$type === 'IntValue' }] : []));
    return amounts.length === values.length ? { node: attribute, property: 'unit', unit: attribute.unit, amounts } : undefined;
  }
  const timed = elementAt(request, isTimed);
  if (!timed) return undefined;
  const property = isTimer(timed) ? 'unit' : 'timeUnit';
  const size = isTimer(timed) ? 'timeValue' : isWindow(timed) ? 'timeSize' : 'interval';
  const [unit, value] = [(timed as unknown as Record<string, Reference | undefined>)[property], (timed as unknown as Record<string, number | undefined>)[size]];
  return unit && value !== undefined ? { node: timed, property, unit, amounts: [{ cst: nodeOfProperty(timed, size)!, value, isWhole: true }] } : undefined;
}

/** An amount in a unit that cannot be meant stays wrong in a larger one. */
function hasWrongUnit({ $cstNode }: AstNode, { document }: Request): boolean {
  return (document.diagnostics ?? []).some(({ code, range }) => String(code).startsWith('unit/') && $cstNode && overlaps(range, $cstNode.range));
}

const isMeasured = (node: AstNode | undefined) => isAttribute(node) || isQualityAttribute(node) || isSecurityAttribute(node) || isCertifiableAttribute(node);
const isTimed = (node: AstNode | undefined) => isSchedule(node) || isWindow(node) || isTimer(node);

/** The number in the other unit, if it can be written exactly and briefly. */
export function convertedText({ value, isWhole }: { value: number; isWhole: boolean }, factor: number): string | undefined {
  const converted = Number((value * factor).toPrecision(12));
  if (Math.abs(converted) > 1e9 || (isWhole ? !Number.isInteger(converted) : Math.abs(converted * 1e4 - Math.round(converted * 1e4)) > 1e-9)) return undefined;
  return isWhole || !Number.isInteger(converted) ? `${converted}` : `${converted}.0`;
}

/** The unit beside the present one, else that of the standard library. */
function pathOfUnit(name: string, { node, property, unit }: Measurement, { services }: Request): string | undefined {
  const prefix = unit.$refText.slice(0, unit.$refText.lastIndexOf('.') + 1);
  return [`${prefix}${name}`, unitPath(name)].find((path) => resolves(node, property, path, services));
}

import { isCommunication, isComponent, isCompositeMetric, isMetricFunction, isMetricVariable, isRequirementSet, lastName, nodeOfProperty, type Formula } from '@camelc/language';
import { AstUtils, type AstNode, type Reference } from 'langium';

/** The most telling of what an element says, in a few words: the ports of a component, the value of an attribute, the formula of a metric. */
export function summaryOf(node: AstNode): string {
  if (isComponent(node)) {
    const ports = node.providedCommunications.length + node.requiredCommunications.length;
    const set = node.requirements ? `requirements ${lastName(node.requirements.$refText)}` : '';
    return [set, ports > 0 && `${ports} ${ports === 1 ? 'port' : 'ports'}`].filter(Boolean).join(', ');
  }
  if (isRequirementSet(node)) return namesOfReferences(node).join(', ');
  if (isMetricVariable(node) || isCompositeMetric(node) || isMetricFunction(node)) return node.formula ? formulaText(node.formula) : namesOfReferences(node).join(', ');
  if (isCommunication(node)) return `${node.from?.$refText ?? '?'} → ${node.to?.$refText ?? '?'}`;
  return afterName(node).replace(/^:\s*/, '');
}

const namesOfReferences = (node: AstNode): string[] =>
  AstUtils.streamReferences(node)
    .filter(({ property }) => property !== 'annotations')
    .map(({ reference }) => lastName((reference as Reference).$refText))
    .toArray();

const formulaText = ({ $cstNode }: Formula): string => short(($cstNode?.text ?? '').replace(/^["']|["']$/g, ''));

/** What stands between the name and the block, if anything: `[1, 4]`, `port 80`, `[Slow] > 5.0`. Paths are cut to their last names. */
function afterName(node: AstNode): string {
  const name = nodeOfProperty(node, 'name');
  if (!name || !node.$cstNode) return '';
  const [head = ''] = node.$cstNode.text.slice(name.end - node.$cstNode.offset, name.end - node.$cstNode.offset + 4 * longest).split('{');
  return short(head.replaceAll(/\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])/g, ''));
}

const longest = 60;
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

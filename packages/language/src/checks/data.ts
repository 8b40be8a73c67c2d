/** Instances of data are as their types say. */
import type { DataInstance, DataSourceInstance } from '../generated/ast.js';
import { given, type Checks, type Report } from './check.js';

function dataInstanceIsLikeItsType(instance: DataInstance, report: Report): void {
  const { name, type: typeReference, source, includedData } = instance;
  const type = given(typeReference);
  if (!type) return;
  const wrong = (problem: string, property: string, index?: number): void => void report('model/data-instance', { name, type: type.name, problem }, instance, property, index);
  const sourceType = given(given(source)?.type);
  if (sourceType && given(type.source) && sourceType !== given(type.source)) wrong(`comes from \`${type.source!.$refText}\``, 'source');
  for (const included of includedData) {
    const includedType = given(included.type);
    if (includedType && !type.includedData.includes(includedType)) {
      report('model/data-instance', { name: included.name, type: includedType.name, problem: `is no part of \`${type.name}\`` }, included, 'type');
    }
  }
  const { $container: model } = instance;
  const typeModel = model.$type === 'DataInstanceModel' ? given(model.typeModel) : undefined;
  if (typeModel && type.$container.$type === 'DataTypeModel' && type.$container !== typeModel) wrong(`is of \`${type.$container.name}\``, 'type');
}

function sourceInstanceIsLikeItsType(instance: DataSourceInstance, report: Report): void {
  const { name, type: typeReference, external, component } = instance;
  const type = given(typeReference);
  if (!type) return;
  const wrong = (problem: string, property: string): void => void report('model/data-instance', { name, type: type.name, problem }, instance, property);
  if (external && !type.external) wrong('is not external', 'external');
  if (component && given(component) !== given(type.component)) wrong(type.component ? `is managed by \`${type.component.$refText}\`` : 'is external', 'component');
}

export const dataChecks: Checks = { DataInstance: [dataInstanceIsLikeItsType], DataSourceInstance: [sourceInstanceIsLikeItsType] };

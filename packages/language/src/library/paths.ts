/** How models refer to what the standard library has for them. */
export const unitPath = (name: string): string => `UnitTemplateCamelModel.UnitTemplateModel.${name}`;
export const templatePath = (name: string): string => `MetricTemplateCamelModel.MetricTemplateModel.${name}`;

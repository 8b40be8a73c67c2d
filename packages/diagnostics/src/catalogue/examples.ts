/** What the examples of several topics are made of. */

const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

export const shop = (text: string): string => `camel model Shop { ${text} }`;

export const software = 'deployment model D { software Web { } }';

/** A shop of one component, of which there may be three instances, with the best value of a formula; further elements of its metric model before it. */
export const shopFor = (formula: string, metrics: readonly string[] = [], scale = '[1, 3]'): string => `camel model Shop {
  deployment model D {
    software Web { requirements Few }
    requirements Few { horizontal scale R.Few }
  }
  requirement model R {
    horizontal scale requirement Few ${scale}
    optimisation requirement Best { variable M.Utility }
  }
  metric model M {
${[...metrics, `variable Utility { ${template('UtilityTemplate')} formula '${formula}' }`].map((line) => `    ${line}\n`).join('')}  }
}`;

/** What gives a variable or metric its meaning. */
export const template = (name: string): string => `template ${templates}.${name}`;

/** A variable of the component of `shopFor`. */
export const ofWeb = (name: string, kind: string, more = ''): string => `variable ${name} { ${template(kind)} component D.Web${more} }`;

/** A machine in a list of candidates. */
export const machine = (id: string, price: number, more = ''): string =>
  `{ "id": "${id}", "type": "IAAS", "hardware": "${id}", "cloud": { "id": "own", "provider": "own", "type": "private" }, "cores": 2, "memory": 4096, "price": ${price}${more} }`;

/** A candidates file. */
export const machines = (...offered: string[]): string => `{ "formatVersion": 1, "currency": "EUR", "candidates": [\n  ${offered.join(',\n  ')}\n] }`;

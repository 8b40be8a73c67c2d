import { entry, type Entry } from '../entry.js';
import { ofWeb, shop, shopFor, software, template } from './examples.js';

const located = (requirement: string, more = ''): string =>
  shop(`deployment model D { software Web { requirements S } requirements S { location R.Near } } requirement model R { ${requirement} } ${more}`);

/** What a linked model means as an application. */
export const application = {
  'application/none': entry({
    severity: 'error',
    message: () => 'no model describes an application: none has a deployment model with a software component',
    help: () => 'give the file that holds the deployment model',
    explanation: 'Candidates, solutions and plans are made for one application: a camel model with a deployment model that has at least one `software`.',
    example: 'camel model Shop { }',
    run: 'camelc solve shop.camel',
  }),
  'application/several': entry<{ names: string[] }>({
    severity: 'error',
    message: ({ names }) => `there are several applications: ${names.join(', ')}`,
    help: () => 'name one with --application NAME',
    explanation: 'Solutions are made for one application at a time. Others may be given for what they define.',
    exit: 64,
    example: shop(software),
    files: { 'office.camel': 'camel model Office { deployment model D { software Mail { } } }' },
    run: 'camelc solve shop.camel office.camel',
  }),
  'application/unknown': entry<{ name: string; names: string[] }>({
    severity: 'error',
    message: ({ name, names }) => `there is no application ${name}; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`,
    explanation: '`--application` names the camel model, or its application element.',
    exit: 64,
    example: shop(software),
    run: 'camelc solve shop.camel --application Shpo',
  }),
  'application/several-deployment-models': entry<{ used: string }>({
    severity: 'warning',
    message: ({ used }) => `a model has one deployment model; only ${used} counts`,
    help: () => 'move the components into one deployment model',
    explanation: 'An application has one topology.',
    example: shop(`${software} deployment model E { software Db { } }`),
    run: 'camelc check shop.camel',
  }),
  'application/other-component': entry<{ name: string; component: string }>({
    severity: 'warning',
    message: ({ name, component }) => `\`${name}\` is about ${component}, which is no software component of this application, and is left out`,
    explanation:
      'Camel models without components of their own are parts of the application. What they say of the components of another application, or of virtual machines, decides nothing here.',
    example: shop(
      `${software} requirement model R { optimisation requirement Best { variable M.Mails } } metric model M { variable Mails { ${template('ComponentInstanceTemplate')} component E.Mail } }`,
    ),
    files: { 'office.camel': 'camel model Office { deployment model E { software Mail { } } }' },
    run: 'camelc solve shop.camel office.camel --application Shop',
  }),
  'location/standard': entry<{ id: string }>({
    severity: 'hint',
    message: ({ id }) => `region \`${id}\` lists no countries here; the countries of the standard library's ${id} count`,
    help: ({ id }) => `refer to Locations.${id}, or give countries \`parents [...${id}]\``,
    explanation: 'A region contains the regions that name it as a parent. A region that contains none is taken as the standard library has it, where that knows its id.',
    example: located('location requirement Near [L.EU]', 'location model L { region EU { name Europe } }'),
    run: 'camelc check shop.camel',
  }),
  'location/all': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `\`all\` of \`${name}\` is not looked at: any one of its locations will do`,
    help: () => 'write a component for each location',
    explanation: 'With `all`, CAMEL 3.0 asks for instances in every location of the list. Here all instances of a component use one candidate, which is in one location.',
    example: located('location requirement Near [Locations.FR, Locations.DE] all'),
    run: 'camelc check shop.camel',
  }),
  'placement/everywhere-dedicated': entry<{ component: string }>({
    severity: 'error',
    message: ({ component }) => `${component} cannot stand everywhere: in dedicated placement every instance has a host of its own`,
    help: () => 'add `placement shared` to the deployment model, or take `everywhere` away',
    explanation: 'A component that is `everywhere` stands beside others, one instance on every host. Hosts carry several components in shared placement only.',
    example: 'camel model Shop { deployment model D { software Exporter { everywhere } software Web { } } }',
    run: 'camelc check shop.camel',
  }),
  'placement/everywhere-apart': entry<{ name: string; components: string[] }>({
    severity: 'error',
    message: ({ name, components }) => `\`${name}\` keeps ${components.join(' and ')} apart, but both are everywhere`,
    help: () => 'take `everywhere` away from one of them, or the other out of the separation',
    explanation:
      'A component that is `everywhere` stands on every host that holds nothing it is separated from. Of two such components that are separated from each other neither has a place by itself.',
    example:
      'camel model Shop { deployment model D { placement shared software A { everywhere } software B { everywhere } software Web { } separation Apart { type same-host software [A, B] } } }',
    run: 'camelc check shop.camel',
  }),
  'placement/from-itself': entry<{ name: string; component: string }>({
    severity: 'error',
    message: ({ name, component }) => `\`${name}\` separates ${component} from itself`,
    help: ({ component }) => `name ${component} on one side; \`software [${component}]\` without \`from\` says that no two of its instances are at the same place`,
    explanation: 'With `from`, a separation keeps each component of the first list apart from each of the second. A component in both would have no place at all.',
    example: 'camel model Shop { deployment model D { software A { } software B { } separation Apart { type same-host software [A] from [A, B] } } }',
    run: 'camelc check shop.camel',
  }),
  'placement/listed-twice': entry<{ name: string; component: string }>({
    severity: 'error',
    message: ({ name, component }) => `\`${name}\` lists ${component} twice`,
    help: ({ component }) => `remove one; that no two instances of ${component} are at the same place is said by a separation of \`software [${component}]\` alone`,
    explanation: 'A coupling, separation or alternative is about the components that it lists, each once.',
    example: 'camel model Shop { deployment model D { software A { } software B { } coupling Together { type same-host software [A, B, A] } } }',
    run: 'camelc check shop.camel',
  }),
  'placement/not-software': entry<{ name: string; component: string }>({
    severity: 'warning',
    message: ({ name, component }) => `\`${name}\` lists ${component}, which is no software component of this deployment model, and goes without it`,
    explanation: 'Solutions place software components. Couplings, separations and alternatives of others decide nothing.',
    example: 'camel model Shop { deployment model D { software A { } software B { } vm Machine { } coupling Together { type same-host software [A, B, Machine] } } }',
    run: 'camelc check shop.camel',
  }),
  'scale/default': entry<{ component: string }>({
    severity: 'hint',
    message: ({ component }) => `${component} has no horizontal scale requirement, so there is exactly one instance`,
    help: () => 'add `horizontal scale` to its requirements, with the least and the greatest number of instances',
    fix: 'adds a requirement of one instance, whose numbers can then be changed',
    explanation: "The number of instances comes from the horizontal scale requirement in the component's requirement set, or in the global one.",
    example: shop(software),
    run: 'camelc check shop.camel',
  }),
  'objective/none': entry({
    severity: 'warning',
    message: () => 'no optimisation requirement: the cheapest deployment is sought',
    help: () => 'add an `optimisation requirement` with the variable of a utility',
    explanation: 'Without an optimisation requirement the cost decides.',
    example: shop(software),
    run: 'camelc check shop.camel',
  }),
  'variable/guessed': entry<{ name: string; attribute: string }>({
    severity: 'hint',
    message: ({ name, attribute }) => `\`${name}\` is taken as ${attribute}, by the name of its template's attribute`,
    help: () => 'annotate the measurable attribute of the template to say so',
    explanation: "What a variable without a formula stands for comes from the annotation on its template's measurable attribute; without one the attribute's name is looked at.",
    example: shopFor('N', [
      'measurable attribute cores',
      'template Number { attribute cores unit UnitTemplateCamelModel.UnitTemplateModel.Ratio }',
      'variable N { template Number component D.Web }',
    ]),
    run: 'camelc check shop.camel',
  }),
  'variable/no-component': entry<{ name: string; attribute: string }>({
    severity: 'error',
    message: ({ name, attribute }) => `\`${name}\` is the ${attribute} of no component`,
    help: () => 'add `component DeploymentModel.Component`',
    explanation:
      'Only a cost or a cardinality may be without a component: the cost of the whole deployment, and the number of hosts. A latitude or longitude without a component is that of something outside, given with the run.',
    example: shopFor('Cores', [`variable Cores { ${template('CoresTemplate')} }`]),
    run: 'camelc check shop.camel',
  }),
  'variable/data-source': entry<{ name: string; attribute: string }>({
    severity: 'error',
    message: ({ name, attribute }) => `\`${name}\` is the ${attribute} of a data source, which has only a place`,
    help: () => 'name the component of the data source, or make it a latitude or longitude',
    explanation:
      'A variable of latitude or longitude may name a data source: its value is that of the component that the data source belongs to, else that of an attribute of the data source annotated latitude or longitude, else it is given with the run.',
    example: shopFor('Cores', [`variable Cores { ${template('CoresTemplate')} component Data.Orders }`]).replace(
      /}$/,
      '  data type model Data { data source Orders { component D.Web } }\n}',
    ),
    run: 'camelc check shop.camel',
  }),
  'formula/degrees': entry<{ function: string; name: string }>({
    severity: 'warning',
    message: ({ function: f, name }) => `\`${f}\` takes radians, and \`${name}\` is in degrees`,
    help: ({ name }) => `write \`rad(${name})\``,
    explanation: 'Latitudes and longitudes are in degrees, the angles of trigonometric functions in radians. `rad(x)`, or a factor of pi/180, converts.',
    example: shopFor('sin(Latitude)', [ofWeb('Latitude', 'LatitudeTemplate')]),
    run: 'camelc check shop.camel',
  }),
  'variable/unit': entry<{ name: string; unit: string; attribute: string }>({
    severity: 'warning',
    message: ({ name, unit, attribute }) => `${unit} cannot be converted to a unit of ${attribute}, so \`${name}\` has the default unit`,
    explanation:
      'A decision variable has the unit of its template where that measures the same thing, else the default: MegaBytes of memory, GigaBytes of storage, degrees, currency per hour.',
    example: shopFor('Memory', [
      'measurable attribute memory [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM]',
      'template Wrong { attribute memory unit UnitTemplateCamelModel.UnitTemplateModel.Seconds }',
      'variable Memory { template Wrong component D.Web }',
    ]),
    run: 'camelc check shop.camel',
  }),
} satisfies Record<string, Entry<never>>;

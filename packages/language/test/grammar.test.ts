import { describe, expect, test } from 'vitest';
import { syntaxErrors } from './check.js';

const model = (text: string): string => `camel model M { ${text} }`;
const deployment = (text: string): string => model(`deployment model D { ${text} }`);
const requirement = (text: string): string => model(`requirement model R { ${text} }`);
const metric = (text: string): string => model(`metric model X { ${text} }`);
const constraint = (text: string): string => model(`constraint model C { ${text} }`);
const attribute = (text: string): string => model(`application A { version '1' attribute a ${text} }`);
const configuration = (text: string): string => deployment(`software S { ${text} }`);

const accepted: Record<string, readonly string[]> = {
  core: [
    model(''),
    model('description "a model"'),
    model('description [ "a model" ]'),
    model('action A { description "x" }'),
    model("application A { [ MetaDataModel.X ] description 'd' version '1.0' feature f { attribute b : int 1 } }"),
    model('application A { feature f { feature g { } } version v1 }'),
    'camel model A { } camel model B { }',
    model('// a comment\n/* another */'),
    attribute(': int 1'),
    attribute(': int -1'),
    attribute(': double 80'),
    attribute(': double 1.0E3'),
    attribute(': float .5'),
    attribute(": string 'x'"),
    attribute(': string x'),
    attribute(': boolean true'),
    attribute(': boolean false'),
    attribute(': [int 1, int 3]'),
    attribute(': (double 1.5'),
    attribute(': , int 9]'),
    attribute(': [int 1, int 3)'),
    attribute(': int 4 Units.U.Cores'),
    attribute(': int 4 Cores [T.Small]'),
    attribute('[MetaDataModel.X, MetaDataModel.Y] : int 4'),
    attribute(': [T.Small] description ["d"]'),
    attribute(':'),
    metric('quality attribute a : int 1 measurable attribute b [A.B] sensors [X.s, X.t] measurable attribute c : attribute d : int 1'),
  ],
  deployment: [
    model('deployment type model D { }'),
    deployment('global requirements R placement shared'),
    deployment('placement dedicated'),
    configuration('longLived coInstanceHosting everywhere requirements R required host H provided host P'),
    configuration('provided communication P port 80 required communication R port [80, 90] mandatory'),
    configuration('generates data [D.a] consumes data [D.a, D.b] data source [D.s]'),
    configuration('requirements Own { resource R.a location R.b os R.c }'),
    configuration("script configuration C { devops 'docker' feature F { [A.B] attribute u : string 'u' } attribute '$REG:443/x:latest' }"),
    configuration("script configuration C { upload 'a' download 'b' install 'c' configure 'd' start 'e' stop 'f' update 'g' os 'h' imageId 'i' requirements N { os R.o } }"),
    configuration("container configuration C { image 'nginx' start 'x' update 'y' env feature E { attribute A : string '1' } }"),
    configuration("cluster configuration C { [A.B] download URL 'http://example.com' }"),
    configuration("image configuration C { id 'ami' }"),
    configuration("paas configuration C { api 'a' version '1' endpoint 'e' download URL 'u' }"),
    configuration(
      "serverless configuration C { continuous-deployment build configuration B { artifactId 'a' framework 'f' source code URL 'u' include 'i' exclude 'e' } event configuration E { method name 'm' method type get schedule X.s config feature F { } } config param attribute p : int 1 }",
    ),
    configuration("serverless configuration C { binary code URL 'u' }"),
    deployment('vm V { provided host H } VM W { } container C { requirements R required host H } paas P { }'),
    deployment('communication C from A.r to B.p communication E from A.r to B.p provided port script configuration S { start "x" } req R.c'),
    deployment('hosting H { provided host V.h required hosts [A.r, B.r] }'),
    deployment('coupling C { type same-host software [A, B] } coupling D { relaxed software [A, B] type same-zone }'),
    deployment('separation S { type same-host relaxed software [A] from [B, C] } alternative A { software [A, B] }'),
    deployment(
      'sequence S [A, B] parallel P [A, B] switch W { context X.c values ["a"] components [A] } conditional C { constraint C.x first A second B } precedes Q { component A preceded components [B] }',
    ),
    deployment('requirements R { resource R.a provider R.b os R.c image R.d vertical scale R.e horizontal scale R.f paas R.g security R.h location R.i }'),
  ],
  requirement: [
    requirement('resource requirement A { feature f { } attribute a : int 1 } paas requirement B { } communication requirement C { } vertical scale requirement D { }'),
    requirement("horizontal scale requirement H [1, -1] location requirement L [G.EU, G.US] all image requirement I ['a', 'b']"),
    requirement("provider requirement P { provider names ['AWS'] cloud type any } os requirement O { os 'ubuntu' 64os } os requirement Q { 64os os ubuntu }"),
    requirement(
      'security requirement S { controls [S.c] } slo A constraint C.x slo B event S.e optimisation requirement O { variable X.v priority 3 minimise } optimisation requirement P { context X.c }',
    ),
  ],
  metric: [
    model('metric type model T { }'),
    metric("sensor S { isPush config '' } sensor T { requirement set R script configuration C { start 'x' } }"),
    metric('template T { attribute a unit U.u direction -1 value type T.t } template V { unit U.u attribute a }'),
    ...["formula 'a'", "formula: 'a'", "formula:('a')", "formula: ( 'a' )", "formula ('a')", 'formula a'].map((f) => metric(`variable V { ${f} }`)),
    metric(
      "raw metric R { template T } composite metric C { template T formula 'mean(R)' } variable V { on candidates component D.c template T } variable W { current-config context c formula '1' }",
    ),
    metric('function F { expression "x^2" arguments ["x"] }'),
    metric(
      'window W { size type first-match type fixed measurement size 3 time size 5 time unit U.s processing P { type rank grouping criterion A { type host } ranking criterion B { type custom custom "x" metric R ascending } } }',
    ),
    metric('schedule S { interval 5 time unit U.s start 2020-01-01 end 2020-01-01T10:00:00.000+0100 repetitions 3 }'),
    metric('object context O { component D.c data E.d communication D.k } attribute context A { attribute a objectContext O }'),
    metric('raw metric context R { metric m sensor X.s schedule S window W object context O } composite metric context C { grouping per-zone metric m composing contexts [R] }'),
  ],
  constraint: [
    constraint('metric constraint A : [X.c] > 80 metric constraint B: [X.c] <> 1.5 validity 2030-01-01 variable constraint V : X.v <= -1'),
    constraint('logical constraint L : or (A, B) logical constraint M : and (metric constraint x : [X.c] >= 1.0, variable constraint y : X.v == 0)'),
    constraint('if constraint I : if { metric constraint a : [X.c] > 1 } then { B } else { logical constraint l : xor (A, B) }'),
  ],
  data: [
    model('data type model D { data source S { external } data A { source S includes data [data B { }, data C { }] attribute a : int 1 } data source T { component D.c } }'),
    model(
      'data instance model I { type D data instance A { type D.A source instance S includes data instance [data instance B { type D.B }] } data source instance S { type D.S external } }',
    ),
  ],
  location: [
    model('location model L { region EU { name Europe alternative names [Europa, "E u"] } region DE { parents [L.EU] name "Germany" } }'),
    model('location model L { cloud location A { name a isAssignable L.EU sub-locations [cloud location B { name b parent L.A }] } }'),
  ],
  unit: [
    model(
      "unit model U { dimension D { } single unit A { dimension D multiple [U.B] attribute factor : double 10 } composite unit C { formula 'A / B' dimension D } dimensionless P { } }",
    ),
  ],
  type: [
    model(
      'type model T { range R { primitive type int lower limit incl. int 0 upper limit int 9 } range union U { primitiveType int ranges [range A { primitive type int }, range B { primitive type int }] }' +
        " list L { primitive type string values [string 'a', string 'b'] } list M { type T.R values [int 1] } string type S boolean type B }",
    ),
  ],
  organisation: [
    model(
      "organisation model O { security level high organisation A { email 'a@example.com' www 'http://example.com' postal address 'x' cloud credentials C { provider name 'p' username u password 'x' security group g public SSH key 'k' private SSH key 'l' } }" +
        " user U { first name 'J' last name Doe email 'j@example.com' platform credentials C : secret requirement models [R] deployment models [D] external identifier X } user group G [U] role R role assignment A { user U role R assignment time 2020-01-01 }" +
        ' permission P { role R action read resource filter F start 2020-01-01 end date 2021-01-01 } model resource filter F { pattern EXACT every-resource } data resource filter G { every-data } }',
    ),
    model("organisation model O { provider P { email 'a@example.com' public saas paas iaas } }"),
  ],
  security: [
    model(
      "security model S { security control C { name 'c' domain S.d sub-domain S.e specification 's' properties [S.a] raw metrics [S.r] composite metrics [S.k] } domain d { name D sub-domains [S.e] } domain e { name E }" +
        " security attribute a domain S.d [A.B] : int 1 certifiable f domain S.d : raw security metric r { domain S.d template T } composite security metric k { domain S.d template T formula 'mean(r)' } security SLO o constraint C.x security requirement q { controls [S.C] } }",
    ),
  ],
  scalability: [
    model(
      'scalability model S { rule R { event S.e actions [S.a] } nonfunctional e { constraint C.x violation } functional f { type X.a component D.c } horizontal scaling action a { software D.c count -2 } vertical scaling action b { feature f { } }' +
        ' binary event pattern p { operator repeat-until [1.0, 3.0] left event S.e right event S.f } unary event pattern q repeat (S.e ^ 3.0) unary event pattern w when (S.e : S.t) timer t { type within-max time value 5 max occurrence num 2 unit U.s } }',
    ),
  ],
  metadata: [
    model(
      'metadata model MetaDataModel { concept A { name "A" uri "mms:A" description ["d"] implemented concept B { name b uri "u" property p { name p uri "u" type object range A.B range uri "xsd" } concept instance I { name i uri "u" property instance j { name j uri "u" value "1" isA A.B.p } } } } }',
    ),
  ],
};

for (const [aspect, texts] of Object.entries(accepted)) {
  describe(`${aspect} accepts`, () => {
    for (const text of texts) test(text.slice(16, 120), async () => expect(await syntaxErrors(text)).toEqual([]));
  });
}

/** Each with the text that is wrong. */
const refused: readonly (readonly [text: string, marked: string])[] = [
  [model('application A { version }'), '}'],
  [attribute('int 1'), 'int'],
  [attribute(': integer 2'), 'integer'],
  [attribute(': [int 1, int 3'), '}'],
  [model("application A { version '1' attribute 'text' }"), "'text'"],
  [deployment('software { }'), '{'],
  [deployment('sofware S { }'), 'sofware'],
  [deployment('coupling C { type same-rack }'), 'same-rack'],
  [deployment('placement separate'), 'separate'],
  [configuration('provided communication P'), '}'],
  [configuration('consumes data [D.a D.b]'), 'D'],
  [configuration('consumes data []'), ']'],
  [configuration('script configuration C { run "x" }'), 'run'],
  [deployment('communication C from A.r'), '}'],
  [requirement('horizontal scale requirement H [1]'), ']'],
  [requirement('slo S'), '}'],
  [requirement('provider requirement P { cloud type hybrid }'), 'hybrid'],
  [metric("variable V { formula ('a' }"), '}'],
  [metric('window W { type rolling }'), 'rolling'],
  [constraint('metric constraint A : X.c > 1'), 'X'],
  [constraint('metric constraint A : [X.c] => 1'), '=>'],
  [constraint('logical constraint L : or A, B'), 'A'],
  [model('deployment instance model I { }'), 'instance'],
  [model('execution model E { }'), 'execution'],
  [deployment('internal component C { }'), 'internal'],
  ['camel model M {', '{'],
  ['camel model M { } }', '}'],
  ['model M { }', 'model'],
];

describe('refuses', () => {
  for (const [text, marked] of refused) {
    test(text.slice(16), async () => {
      const errors = await syntaxErrors(text);
      expect(errors.length).toBe(1);
      expect(errors[0]).toContain(`«${marked}»`);
    });
  }
});

#!/usr/bin/env node
// Proves that the checker accepts good files and that it can fail.
//   in : the exemplars with their manifest, small files below with every construct, and copies with one planted fault each
//   out: one line per case that went wrong, then `N passed, N failed`; exit 1 when a case went wrong
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { close } from './browser.mjs';
import { check } from './check.mjs';
import { temporaryFolder } from './folder.mjs';
import { compare, compareLists } from './norm.mjs';
import { run } from './process.mjs';
import { Report } from './report.mjs';

const exemplars = fileURLToPath(new URL('./exemplars/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(exemplars, 'manifest.json'), 'utf8'));
const source = path => readFileSync(join(exemplars, path), 'utf8');
const expected = path => structuredClone(manifest.files.find(file => file.path === path));

/** Cases { name, entry, source, says }: `says` is what the problems must mention; without it there must be none. */
const cases = [];
const good = (name, entry, text) => cases.push({ name, entry, source: text });
const bad = (name, says, entry, text) => cases.push({ name, says, entry, source: text });

function change(text, from, to) {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to change: ${from}`);
  return changed;
}

/** An exemplar with one fault in its text. */
const planted = (name, path, says, from, to) => bad(`${path}: ${name}`, says, expected(path), change(source(path), from, to));

for (const file of manifest.files) good(`${file.path} as it is`, file, source(file.path));

// Faults that every format can have: wrong text, something missing, something extra.
planted('wrong node text', 'agent-platform.mmd', /nodes: not shown "Planner/, '"Planner<br/>', '"Planer<br/>');
planted('missing edge', 'agent-platform.mmd', /edges: not shown "HTTPS"/, 'user -->|"HTTPS"| api', 'user ~~~ api');
planted('extra group', 'agent-platform.mmd', /groups: shown but not given "Uninvited"/, '  %% flows', '  subgraph uninvited["Uninvited"]\n    cards_api\n  end\n');
planted('unquoted label', 'agent-platform.mmd', /mermaid 10.*mermaid 11.*mermaid 12|Parse error/s, '["Kafka Connect (Debezium)<br/><small>container · 8083</small>"]', '[Kafka Connect (Debezium)]');
planted('label lost', 'agent-platform.mmd', /edges: shown but not given ""/, '-->|"HTTPS"|', '-->');
planted('Markdown taken as markup', 'agent-platform.mmd', /nodes: not shown "User"/, '(["User"])', '(["`**User**!`"])');
planted('wrong message', 'agent-executes-task.mmd', /edges: not shown "200 OK"/, '200 OK', '200 KO');
planted('missing message', 'agent-executes-task.mmd', /edges: not shown "balance"/, '  mcp_tools-->>card_agent: balance\n', '');
planted('missing box', 'agent-executes-task.mmd', /groups: not shown "🤖 Agents"/, '  box rgba(0,89,79,0.15) 🤖 Agents\n    participant card_agent as Card Agent\n  end\n', '  participant card_agent as Card Agent\n');
planted('wrong node text', 'agent-platform.dot', /nodes: not shown "Planner/, '<Planner<BR/>', '<Planer<BR/>');
planted('missing edge', 'agent-platform.dot', /edges: not shown "HTTPS"/, '  "user" -> "api_gateway" [label="HTTPS"];\n', '');
planted('extra group', 'agent-platform.dot', /groups: shown but not given "Uninvited"/, '    "user" [label=<User>', '    subgraph "cluster_uninvited" { graph [label="Uninvited"]; "user"; }\n    "user" [label=<User>');
planted('wrong node text', 'agent-platform.puml', /nodes: not shown "Planner/, '"Planner\\n', '"Planer\\n');
planted('missing edge', 'agent-platform.puml', /edges: not shown "HTTPS"/, 'user --> api_gateway : HTTPS\n', '');
planted('extra group', 'agent-platform.puml', /groups: shown but not given "Uninvited"/, "' flows", 'rectangle "Uninvited" as uninvited {\n  rectangle "x" as x\n}\n');
planted('unquoted label', 'agent-platform.puml', /Error line \d+ in file: x.puml; draws a complaint: .*Syntax Error/, '"User" as user', '"User as user');
bad('plantuml: creole taken as markup', /nodes: not shown "a \*\*b\*\* c"/, { kind: 'plantuml', nodes: ['a **b** c'] }, '@startuml\nrectangle "a **b** c" as a\n@enduml\n');
planted('wrong message', 'agent-executes-task.puml', /edges: not shown "200 OK"/, '200 OK', '200 KO');
planted('missing message', 'agent-executes-task.puml', /edges: not shown "balance"/, 'mcp_tools --> card_agent : balance\n', '');
planted('message without text', 'agent-executes-task.puml', /edges: shown but not given ""/, 'mcp_tools --> card_agent : balance\n', 'mcp_tools --> card_agent\n');
planted('wrong participant', 'agent-executes-task.puml', /nodes: not shown "Executor"/, '"Executor" as', '"Executer" as');
planted('missing box', 'agent-executes-task.puml', /groups: not shown "🤖 Agents"/, 'box "🤖 Agents"', 'box');
planted('wrong node text', 'agent-platform.d2', /nodes: not shown "Planner/, '"Planner\\n', '"Planer\\n');
planted('missing edge', 'agent-platform.d2', /edges: not shown "HTTPS"/, 'clients.user -> gateway.api_gateway: "HTTPS" {class: sync}\n', '');
planted('extra group', 'agent-platform.d2', /groups: shown but not given "Uninvited"/, '\nclients: "👤', '\nuninvited: "Uninvited" {\n  x: "X"\n}\n\nclients: "👤');
planted('wrong message', 'agent-executes-task.d2', /edges: not shown "4. 200 OK"/, '200 OK', '200 KO');
planted('wrong cell', 'agent-platform.md', /cells: not shown "verify token"/, '| verify token |', '| verify  tokens |');
planted('missing heading', 'agent-platform.md', /headings: not shown "Flows"/, '\n## Flows\n', '\n');
planted('wrong diagram', 'agent-platform.md', /mermaid 12 diagram 1.*nodes: not shown "Planner/s, '"Planner<br/>', '"Planer<br/>');
planted('missing diagram', 'agent-platform.md', /diagrams: expected 2, shown 1/, '```mermaid\nsequenceDiagram', '```text\nsequenceDiagram');

// Faults that a parser accepts.
planted('unknown shape', 'agent-platform.dot', /shape/, 'shape=cds', 'shape=cdz');
planted('unknown colour', 'agent-platform.dot', /color/, 'fillcolor="#E3F2FD"', 'fillcolor="azur"');
planted('deprecated skinparam', 'agent-executes-task.puml', /Please use CSS style instead/, 'hide footbox\n', 'hide footbox\nskinparam ParticipantPadding 20\n');
good('plantuml: a label may speak of deprecated things', { kind: 'plantuml-sequence', nodes: ['A', 'B'], edges: ['this is deprecated'] }, '@startuml\nhide footbox\nparticipant A\nparticipant B\nA -> B : this is deprecated\n@enduml\n');
planted('not formatted', 'agent-platform.d2', /form of d2 fmt, first at line 2/, 'direction: down', 'direction:   down');
planted('list in disorder', 'agent-platform.md', /MD0\d\d/, '\n## Flows\n', '\n#### Flows\n');
bad('mermaid longer than 50,000 characters', /Maximum text size/, { kind: 'mermaid' }, `flowchart TB\n${Array.from({ length: 1500 }, (_, i) => `  n${i}["Node number ${i} with a long label"]\n`).join('')}`);
bad('mermaid with 501 edges', /Edge limit exceeded|edges/, { kind: 'mermaid' }, `flowchart TB\n${'  a --> b\n'.repeat(501)}`);

// Dangerous content.
planted('script link', 'agent-platform.dot', /dangerous link javascript:/, 'tooltip="User"]', 'tooltip="User", URL="javascript:alert(1)"]');
planted('script link', 'agent-platform.mmd', /dangerous link/, '  %% flows', '  click user href "javascript:alert(1)" "tip"\n');
planted('script link', 'agent-platform.d2', /dangerous link javascript:/, '{class: person; style.stroke: "#0D47A1"}', '{class: person; link: "javascript:alert(1)"; style.stroke: "#0D47A1"}');
planted('script link', 'agent-platform.md', /dangerous link javascript:/, '](#architecture)', '](javascript:alert\\(1\\))');
planted('script element', 'agent-platform.md', /dangerous <script>/, '\n## Flows\n', '\n<script>alert(1)</script>\n\n## Flows\n');
planted('foreign picture', 'agent-platform.md', /foreign picture/, '\n## Flows\n', '\n![x](https://example.com/x.png)\n\n## Flows\n');

// Small files with every construct, so that the reading itself is known to work.
const flow = `flowchart TB
  accTitle: Every construct
  subgraph l1["Layer #amp; 1<br/>two"]
    a["A<br/><small>AKS</small>"]
    b[("B")]
    subgraph l2["Nested"]
      c(["C long label long label long label long label long label"])
    end
  end
  d[["D"]]
  a ~~~ d
  a -->|"e1<br/>x"| b
  a --> c
  b -.-> d
  d -->|"self"| d
  a -->|"e1<br/>x"| b
  click a href "https://example.com/?a=1" "tip" _blank
`;
const flowTexts = { kind: 'mermaid', nodes: ['A\nAKS', 'B', 'C long label long label long label long label long label', 'D'], groups: ['Layer & 1\ntwo', 'Nested'], edges: ['e1\nx', null, null, 'self', 'e1\nx'], texts: ['Every construct'], count: { nodes: 4, edges: 5, groups: 2 } };
good('mermaid: nested groups, links without text, invisible and doubled links', flowTexts, flow);
bad('mermaid: a doubled edge label counts twice', /edges: shown but not given "e1\\nx"/, { ...flowTexts, count: undefined, edges: ['e1\nx', null, null, null, 'self'] }, flow);
bad('mermaid: a count', /nodes: expected 5, shown 4/, { kind: 'mermaid', count: { nodes: 5 } }, flow);
bad('mermaid: a text', /text: not shown "nowhere"/, { kind: 'mermaid', texts: ['nowhere'] }, flow);
bad('mermaid: exact is stricter', /nodes: not shown "A AKS"/, { kind: 'mermaid', policy: 'exact', nodes: ['A AKS', ...flowTexts.nodes.slice(1)] }, flow);

good('mermaid-sequence: boxes, notes, loops, numbers', { kind: 'mermaid-sequence', nodes: ['Exec\ntwo', 'B', 'Man', 'Lone'], groups: ['Box one\nline2', 'Box two'], edges: ['hello\nworld', 'x', 'self', 'in loop', 'in alt', null], notes: ['note 1\nline 2', 'n2'], texts: ['My title', 'every minute', 'cond', 'other', 'note 1\nline 2'] }, `sequenceDiagram
  title: My title
  autonumber
  box rgba(69,39,160,0.15) Box one<br/>line2
    participant a as Exec<br/>two
    participant b as B
  end
  box rgba(0,0,0,0.1) Box two
    actor c as Man
  end
  participant d as Lone
  a->>b: hello<br/>world
  Note over a,b: note 1<br/>line 2
  b-->>a: x
  a->>a: self
  loop every minute
    c-)d: in loop
  end
  alt cond
    c-)d: in alt
  else other
    c->>d: #8203;
  end
  Note right of d: n2
`);

good('dot: legend, links without text, invisible links', { kind: 'dot', nodes: ['A\ntwo', 'B < & >'], groups: ['Cluster'], edges: ['x\ny', null], texts: ['Title\nsecond', 'Legend\nmeaning'] }, `digraph "g" {
  graph [label="Title\\nsecond", tooltip="T"];
  subgraph "cluster_c" { graph [label=<<B>Cluster</B>>]; "a" [label=<A<BR/><FONT POINT-SIZE="9">two</FONT>>]; }
  "b" [label="B < &amp; >"];
  "a" -> "b" [label="x\\ny"];
  "b" -> "a";
  "a" -> "b" [style=invis];
  "legend" [shape=plain, label=<<TABLE><TR><TD>Legend</TD></TR><TR><TD>meaning</TD></TR></TABLE>>];
}
`);

good('plantuml: notes, legend, nested groups, wrapped texts, hidden links', { kind: 'plantuml', nodes: ['User long text that wraps here and there', 'DB', 'Cmp'], groups: ['Layer X\nsub', 'Nested'], edges: ['a b\nc', null], notes: ['Note line1\nNote line2'], texts: ['T1\nT2', 'Legend', 'synchronous call'] }, `@startuml named
title T1\\nT2
skinparam wrapWidth 100
rectangle "Layer X\\nsub" as lx #E3F2FD;line:0D47A1;text:0D47A1 {
  person "User long text that wraps here and there" as user
  database "DB" as db
  rectangle "Nested" as nst {
    component "Cmp" as c1
  }
}
user --> db : a b\\nc
user --> c1
db -[hidden]-> c1
note right of db
  Note line1
  Note line2
end note
legend right
  **Legend**
  <color:#607D8B>━━▶</color> synchronous call
endlegend
@enduml
`);

const plantumlSequence = footbox => `@startuml
title My title\\nsecond
autonumber
${footbox}box "Box A" #EDE7F6
  participant "Executor\\ntwo" as executor #FFFFFF
end box
box "Box B" #EDE7F6
  queue "Kafka" as kafka #FFFFFF
  actor "Man" as man
  database "Store of things" as store
end box
participant "A rather long name here" as lone
executor -> kafka : hello\\nworld
note right of kafka
  Note one
  line two
end note
executor -> executor : self
loop every minute
kafka --> executor : aaa bbb
end
alt cond
kafka -[#D81B60]>> man : async
else other
man ->> store : back
end
note over kafka, executor : over
executor -> lone
== divider ==
lone -> executor : 42
@enduml
`;
const plantumlSequenceTexts = { kind: 'plantuml-sequence', nodes: ['Executor\ntwo', 'Kafka', 'Man', 'Store of things', 'A rather long name here'], groups: ['Box A', 'Box B'], edges: ['hello\nworld', 'self', 'aaa bbb', 'async', 'back', null, '42'], notes: ['Note one\nline two', 'over'], texts: ['My title\nsecond', 'every minute', 'cond', 'other', 'divider'] };
good('plantuml-sequence: boxes, notes, loops, numbers', plantumlSequenceTexts, plantumlSequence('hide footbox\n'));
good('plantuml-sequence: the same with the participants repeated below', plantumlSequenceTexts, plantumlSequence(''));
good('plantuml-sequence: without numbers, long messages wrapped', { kind: 'plantuml-sequence', nodes: ['A', 'B'], groups: [], edges: ['a rather long message that is cut into several lines of text', null, 'x'], notes: [] }, `@startuml
skinparam maxMessageSize 120
participant "A" as a
participant "B" as b
a -> b : a rather long message that is cut into several lines of text
b -> a
a -> b : x
@enduml
`);

good('d2: title, legend, tooltips, links without text', { kind: 'd2', nodes: ['Node 1\nsub', 'Node 2', 'Empty'], groups: ['Layer & 1'], edges: ['edge x\ny', null], texts: ['My title\nx', 'synchronous call', 'tip & x'] }, `title: "My title\\nx" {shape: text; near: top-center; style.font-size: 28}
vars: {
  d2-legend: {
    a: {style.opacity: 0}
    b: {style.opacity: 0}
    a -> b: "synchronous call"
  }
}
l1: "Layer & 1" {
  tooltip: "tip & x"
  n1: "Node 1\\nsub" {shape: person}
  n2: "Node 2" {
    link: "https://example.com/?a=1&b=2"
  }
}
empty: "Empty"
l1.n1 -> l1.n2: "edge x\\ny"
l1.n1 -> empty
`);
good('d2-sequence: notes and groups', { kind: 'd2-sequence', nodes: ['Actor A\ntwo', 'Actor B'], groups: ['Group one'], edges: ['1. hello\nworld', 'self', 'in group', null], notes: ['a note\nline'] }, `shape: sequence_diagram

a: "Actor A\\ntwo"
b: "Actor B"
a -> b: "1. hello\\nworld"
b.note: "a note\\nline"
a -> a: "self"
grp: "Group one" {
  a -> b: "in group"
}
a -> b
`);

const svg = content => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><title>T</title>${content}</svg>\n`;
const svgTexts = { kind: 'svg', nodes: ['A\nb'], groups: ['G'], edges: ['e', null], texts: ['T'] };
const svgContent = '<g data-band="g"><rect width="9" height="9"/><text>G</text><g data-node="a"><text><tspan dy="1">A</tspan><tspan dy="1">b</tspan></text></g></g><path data-edge="1" d="M0,0L9,9"/><path data-edge="2" d="M0,0L9,9"/><text data-label-for="1">e</text>';
good('svg', svgTexts, svg(svgContent));
bad('svg: event handler', /dangerous attribute onload/, svgTexts, svg(svgContent.replace('<rect', '<rect onload="x()"')));
bad('svg: foreign picture', /foreign picture/, svgTexts, svg(`${svgContent}<image href="https://example.com/x.png"/>`));
bad('svg: not well-formed', /parser error|not well-formed/, svgTexts, svg(`${svgContent}&nbsp;`));

/** Two readers of Markdown: with a pipe in a code span in a cell they disagree. */
bad('markdown: read differently', /cmark-gfm.*reads/s, { kind: 'markdown' }, '# T\n\n| a | b |\n| :-- | :-- |\n| `x\\\\|y` | z |\n');

const extensions = { mermaid: 'mmd', dot: 'dot', plantuml: 'puml', d2: 'd2', markdown: 'md', svg: 'svg' };
const outcomes = [...textCases(), ...await commandLineCases(), ...await fileCases()];
const wrong = outcomes.filter(outcome => outcome.wrong);
for (const { name, wrong: reason } of wrong) console.log(`FAIL ${name}\n     ${reason}`);
console.log(`${outcomes.length - wrong.length} passed, ${wrong.length} failed`);
// Requests to a page that died would keep this process waiting.
process.stdout.write('', () => process.exit(wrong.length ? 1 : 0));

function textCases() {
  const levels = [['a  b', 'a b', 'exact'], ['a\nb', 'a b', 'spaces'], ['a b', 'ab', 'loose'], ['a', 'b', 'DIFF'], ['a\u2060b\u200B', 'ab', 'exact'], ['a\r\nb\u0007', 'a\nb', 'exact'], ['A', 'a', 'DIFF'], ['é', 'e\u0301', 'exact']];
  const compared = levels.map(([given, shown, level]) => ({ name: `compare ${JSON.stringify([given, shown])}`, wrong: compare(given, shown) === level ? '' : compare(given, shown) }));
  const lists = compareLists(['a b', 'a b', 'c'], ['a b', 'ab', 'd']);
  return [...compared, { name: 'compare lists', wrong: JSON.stringify(lists) === '{"missing":["c"],"extra":["d"],"level":"loose"}' ? '' : JSON.stringify(lists) }];
}

async function commandLineCases() {
  const verify = fileURLToPath(new URL('./verify.mjs', import.meta.url));
  const calls = [
    ['no manifest', [], 2], ['unknown option', ['--nonsense', join(exemplars, 'manifest.json')], 2], ['unknown Mermaid', ['--mermaid', '9', join(exemplars, 'manifest.json')], 2],
    ['manifest is not JSON', [join(exemplars, 'agent-platform.md')], 2], ['time is over', ['--time-limit', '0.01', join(exemplars, 'manifest.json')], 1],
  ];
  return Promise.all(calls.map(async ([name, args, wanted]) => {
    const { status, stdout, stderr } = await run(process.execPath, [verify, ...args]);
    const last = status === 1 && !/^\d+ passed, [1-9]\d* failed$/.test(stdout.trim().split('\n').at(-1));
    return { name: `verify.mjs: ${name}`, wrong: status === wanted && !last ? '' : `exit ${status}: ${stdout}${stderr}` };
  }));
}

async function fileCases() {
  const root = temporaryFolder('selftest');
  const files = cases.map(({ entry, source: text }, index) => {
    const path = `${String(index).padStart(3, '0')}/case.${extensions[entry.kind.replace('-sequence', '')]}`;
    mkdirSync(join(root, path, '..'));
    writeFileSync(join(root, path), text);
    return { ...entry, path };
  });
  const report = new Report();
  await check({ root, files }, report);
  await close();
  return report.files.map(({ problems }, index) => {
    const { name, says } = cases[index];
    const said = problems.map(({ consumer, problem }) => `${consumer}: ${problem}`).join('\n     ');
    if (says === undefined) return { name, wrong: said };
    return { name, wrong: says.test(said) ? '' : `expected ${says}, got ${said || 'no problem'}` };
  });
}

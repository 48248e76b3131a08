// Graphviz: the `dot` of the system and the WebAssembly build of a recent Graphviz.
//   in : jobs { source }
//   out: per job and program a Picture read from its SVG; a warning is a problem, because dot exits with 0 on unknown shapes
import { instance } from '@viz-js/viz';
import { findDanger } from './danger.mjs';
import { broken, edgeTexts, picture } from './picture.mjs';
import { findProgram, inParallel, run } from './process.mjs';
import { all, childText, named, parseXml, shownText, suspects, textOf, withClass } from './xml.mjs';

/** The WebAssembly build has no fonts; it guesses the width of an emoji and says so. */
const NO_FONT = /no value for width of (non-ASCII )?character/;

/** Calls `done(job, consumer, picture)` once per job and program. */
export async function readDot(jobs, done) {
  if (!jobs.length) return;
  const dot = findProgram('dot');
  let viz = await instance();
  await inParallel(jobs, async job => {
    const { status, stdout, stderr } = await run(dot, ['-Tsvg'], { input: job.source });
    done(job, 'dot', status === 0 ? readSvg(stdout, stderr.trim().split('\n').filter(Boolean)) : broken(`exit ${status}: ${stderr.trim().slice(0, 300)}`));
    try {
      const { status: result, output, errors } = viz.render(job.source, { format: 'svg' });
      const complaints = errors.filter(error => !NO_FONT.test(error.message)).map(error => `${error.level ?? 'error'}: ${error.message}`);
      done(job, 'viz.js', result === 'success' ? readSvg(output, complaints) : broken(complaints.join('; ')));
    } catch (error) {
      done(job, 'viz.js', broken(`crashed: ${error.message}`));
      viz = await instance();
    }
  });
}

function readSvg(svg, problems) {
  let root;
  try { root = parseXml(svg); } catch (error) { return broken(error.message); }
  const [nodes, links, clusters] = ['node', 'edge', 'cluster'].map(kind => all(root, withClass('g', kind)));
  const legends = nodes.filter(node => childText(node, 'title') === 'legend');
  const inside = new Set([...nodes, ...links, ...clusters].flatMap(part => all(part, named('text'))));
  const title = all(root, named('text')).filter(text => !inside.has(text));
  return picture({
    nodes: nodes.filter(node => !legends.includes(node)).map(shownText),
    edges: edgeTexts(links.map(shownText), links.length),
    groups: clusters.map(shownText),
    others: [title.map(textOf).join('\n'), ...legends.map(shownText), ...legends.flatMap(legend => all(legend, named('text')).map(textOf)), ...tooltips(root)],
    problems: [...problems, ...findDanger(suspects(root))],
  });
}

const tooltips = root => all(root, named('a')).map(link => link.attributes['xlink:title']).filter(Boolean);

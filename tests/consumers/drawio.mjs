// draw.io: the real viewer in Chromium.
//   in : jobs { source }
//   out: per job a Picture. Cells are found by their ids: "c" and "line" are boxes, "flow" are flows; swimlanes are groups,
//        boxes without a text of their own and texts beside the drawing count as others
import { existsSync } from 'node:fs';
import { newPage } from './browser.mjs';
import { collectSuspects, findDanger } from './danger.mjs';
import { broken, picture } from './picture.mjs';
import { MissingProgram, packageFile, run, findProgram } from './process.mjs';

const VIEWER = new URL('node_modules/.drawio/viewer-static.min.js', import.meta.url).pathname;

/** Calls `done(job, consumer, picture)` once per job. */
export async function readDrawio(jobs, done) {
  if (!jobs.length) return;
  if (!existsSync(VIEWER)) throw new MissingProgram('the draw.io viewer');
  const page = await viewerPage();
  for (const job of jobs) {
    page.notes.length = 0;
    const shown = await page.evaluate(text => openAndRead(text), job.source);
    done(job, 'draw.io', shown.error ? broken(shown.error) : read(shown, page.notes));
  }
  await page.close();
}

export async function viewerPage() {
  const page = await newPage();
  // The viewer loads its mathematics from the network as it starts; this address is a script that does nothing.
  const DRAW_MATH_URL = 'data:text/javascript,//';
  await page.evaluate(given => Object.assign(window, given), { mxLoadResources: false, mxLoadStylesheets: false, DRAW_MATH_URL });
  await page.addScriptTag({ path: VIEWER });
  await page.addScriptTag({ content: `${collectSuspects}\n${openAndRead}` });
  return page;
}

function read({ cells, suspects }, notes) {
  const problems = [...notes, ...findDanger(suspects)];
  const groups = cells.filter(cell => cell.vertex && cell.swimlane);
  const isNode = cell => cell.vertex && !cell.swimlane && cell.what === 'node';
  for (const cell of cells) {
    if (cell.edge && (!cell.source || !cell.target)) problems.push(`flow ${cell.id} hangs in the air`);
    if (cell.shape && !cell.known) problems.push(`unknown shape ${cell.shape} of ${cell.id}`);
    if (cell.link && !/^(https?|mailto):/i.test(cell.link) && /^[a-z][a-z0-9+.-]*:/i.test(cell.link)) problems.push(`dangerous link ${cell.link}`);
  }
  return picture({
    nodes: cells.filter(isNode).map(cell => cell.text),
    edges: cells.filter(cell => cell.edge).map(cell => cell.text),
    groups: groups.map(cell => cell.text),
    notes: cells.filter(cell => cell.vertex && cell.shape === 'note').map(cell => cell.text),
    others: cells.filter(cell => cell.vertex && !cell.swimlane && cell.what !== 'node').map(cell => cell.text),
    problems,
  });
}

/** Runs inside the page: opens the file as the viewer does and reads every cell back. Uses `collectSuspects`, which is there too. */
function openAndRead(source) {
  const host = document.getElementById('host');
  host.innerHTML = '';
  const xml = mxUtils.parseXml(source);
  const complaint = xml.getElementsByTagName('parsererror')[0];
  if (complaint) return { error: `XML: ${complaint.textContent.slice(0, 200)}` };
  try {
    const graph = new Graph(host);
    const node = Editor.parseDiagramNode(xml.getElementsByTagName('diagram')[0]);
    new mxCodec(node.ownerDocument).decode(node, graph.getModel());
    graph.view.validate();
    window.graph = graph;
    const shownText = state => {
      const html = state?.text?.node?.querySelector?.('foreignObject');
      return (html ? html.firstElementChild.innerText : state?.text?.node?.innerText ?? state?.text?.node?.textContent) ?? '';
    };
    const cells = Object.values(graph.getModel().cells).filter(cell => cell.vertex || cell.edge).map(cell => {
      const state = graph.view.getState(cell), shape = state?.style.shape;
      return {
        id: cell.id, vertex: Boolean(cell.vertex), edge: Boolean(cell.edge), source: cell.source?.id, target: cell.target?.id, text: shownText(state), shape,
        swimlane: shape === 'swimlane', what: cell.value?.getAttribute?.('what') ?? '', link: graph.getLinkForCell(cell),
        known: !shape || shape === 'text' || Boolean(mxCellRenderer.defaultShapes[shape]) || Boolean(mxStencilRegistry.getStencil(shape)),
      };
    });
    // Pictures in styles are data of this very file.
    return { cells, suspects: collectSuspects(host).filter(({ name, attributes }) => !(name === 'image' && /^data:image\/svg\+xml[,;]/.test(attributes['xlink:href'] ?? attributes.href ?? ''))) };
  } catch (error) { return { error: String(error.stack ?? error).slice(0, 400) }; }
}

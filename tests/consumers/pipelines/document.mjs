// Reads a document as its real reader does, and prints the text that it shows, one line for each cell or paragraph.
// In: an .adoc or .mdx file. Out: the shown texts; exit 1 and the reason if the reader refuses or warns.
import { readFileSync } from 'node:fs';

const file = process.argv[2];
const text = readFileSync(file, 'utf8');

if (file.endsWith('.adoc')) {
  const asciidoctor = await import('@asciidoctor/core');
  const make = asciidoctor.default ?? asciidoctor;
  const processor = typeof make === 'function' ? make() : make;
  const logger = processor.MemoryLogger?.create?.();
  if (logger) processor.LoggerManager.setLogger(logger);
  const html = await processor.convert(text, { safe: 'secure', standalone: false });
  const messages = logger?.getMessages?.() ?? [];
  if (messages.length > 0) {
    console.log(messages.map((message) => message.getText()).join('\n'));
    process.exit(1);
  }
  print(html);
} else {
  const { compile } = await import('@mdx-js/mdx');
  const { default: remarkGfm } = await import('remark-gfm');
  const code = String(await compile(text, { remarkPlugins: [remarkGfm], jsx: true }));
  console.log(code);
}

function print(html) {
  const shown = html
    .replace(/<(br|\/p|\/td|\/th|\/li|\/h\d|\/div|\/pre)[^>]*>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
  console.log(shown.split('\n').map((line) => line.trim()).filter(Boolean).join('\n'));
}

// Starts the page; under `archviz serve` it follows the specification.
import { render } from 'preact';
import { App } from './app';
import { follow } from './live';
import type { Payload } from './model';
import { readTheme, writeTheme } from './theme';

const root = document.getElementById('app')!;
const show = (payload: Payload) => render(<App payload={payload} />, root);

writeTheme(readTheme());
show(JSON.parse(document.getElementById('data')!.textContent!) as Payload);
if (document.documentElement.dataset.live !== undefined) void follow(show);

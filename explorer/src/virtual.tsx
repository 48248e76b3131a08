// A list of any length that keeps only the visible rows in the page.
//   in : the number of rows, their height in pixels, and a function that draws one
//   out: a scrolling list
// It knows nothing about what a row shows.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const SPARE = 6;

interface Properties { count: number; height: number; columns: number; label: string; row: (at: number) => JSX.Element; /** The row that must be in sight. */ focus?: number }

/** Rows have one height; `columns` items share a row. Short lists are not virtual, so that they print whole. */
export function VirtualList({ count, height, columns, label, row, focus }: Properties): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ top: 0, shown: 40 });
  const rows = Math.ceil(count / columns);
  const measure = () => {
    const element = box.current;
    if (element) setRange({ top: Math.floor(element.scrollTop / height), shown: Math.ceil(element.clientHeight / height) });
  };
  useEffect(() => {
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, [count, columns]);
  useEffect(() => {
    const element = box.current;
    if (!element || focus === undefined || focus < 0) return;
    const top = Math.floor(focus / columns) * height;
    if (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight) element.scrollTop = top - element.clientHeight / 3;
  }, [focus, columns]);
  const isWhole = count <= 200;
  const first = isWhole ? 0 : Math.max(0, range.top - SPARE) * columns;
  const last = isWhole ? count : Math.min(count, (range.top + range.shown + SPARE) * columns);
  const items = Array.from({ length: Math.max(0, last - first) }, (_, at) => row(first + at));
  return (
    <div class="virtual" ref={box} onScroll={isWhole ? undefined : measure}>
      <ul class="grid" role="list" aria-label={label} style={{ '--columns': columns, paddingTop: `${(first / columns) * height}px`, paddingBottom: `${Math.max(0, rows - Math.ceil(last / columns)) * height}px` }}>{items}</ul>
    </div>
  );
}

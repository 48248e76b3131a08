// Where each picture was left, so that coming back and reloading keep the place.
//   in : a key of the picture, and the size of its window
//   out: the camera kept under it, with the same point in the middle of a window of any size
// A page opened from a file may have no storage; then the place lasts until the page is closed.
export interface Camera { x: number; y: number; k: number }
export interface Size { width: number; height: number }

const KEY = `archviz-cameras ${location.pathname}`;
const cameras = new Map<string, Camera & Size>(read());
let pending: ReturnType<typeof setTimeout> | undefined;

export function kept(key: string, { width, height }: Size): Camera | undefined {
  const left = cameras.get(key);
  return left && { x: left.x + (width - left.width) / 2, y: left.y + (height - left.height) / 2, k: left.k };
}

export const isKept = (key: string): boolean => cameras.has(key);

/** Keeps a camera; without one the picture is fitted again when it comes back. */
export function keep(key: string, camera: (Camera & Size) | undefined): void {
  if (camera) cameras.set(key, camera);
  else cameras.delete(key);
  clearTimeout(pending);
  pending = setTimeout(write, 100);
}

function read(): [string, Camera & Size][] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function write(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...cameras]));
  } catch { /* full or forbidden */ }
}

function isEntry(entry: unknown): entry is [string, Camera & Size] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && ['x', 'y', 'k', 'width', 'height'].every(name => Number.isFinite((entry[1] as Record<string, unknown> | null)?.[name]));
}

// What was moved just before a reload is kept too.
addEventListener('pagehide', write);

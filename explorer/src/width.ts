// The width of the window, followed.
import { useEffect, useState } from 'preact/hooks';

/** Pixels of the window's width; changes redraw the caller. */
export function useWidth(): number {
  const [width, setWidth] = useState(innerWidth);
  useEffect(() => {
    const follow = () => setWidth(innerWidth);
    addEventListener('resize', follow);
    return () => removeEventListener('resize', follow);
  }, []);
  return width;
}

// The live preview: asks the server that made the page for each new version.
//   in : nothing
//   out: a call with each new payload; screen, selection and zoom stay
import type { Payload } from './model';

const RETRY_MILLISECONDS = 1000;

/** Waits for the next version again and again; the server answers as soon as there is one. */
export async function follow(show: (payload: Payload) => void): Promise<never> {
  let version = document.documentElement.dataset.live ?? '0';
  for (;;) {
    try {
      const answer = await fetch(`/data?after=${encodeURIComponent(version)}`, { cache: 'no-store' });
      if (answer.status === 200) {
        version = answer.headers.get('x-version') ?? version;
        show((await answer.json()) as Payload);
      } else if (answer.status !== 204) throw new Error(answer.statusText);
    } catch {
      await new Promise(resolve => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }
}

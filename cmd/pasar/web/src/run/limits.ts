// What a link asks for and this lab does not play, such as one of a lab of one's own that is opened in a class.
import { useEffect } from 'preact/hooks';
import { ignore, keep, link, meta } from '../state';

/** useLimits cuts the size of a run in the address to what this lab plays, and says so. It tells whether the address is within that. */
export function useLimits() {
  const l = link.value, most = meta.value!.limits;
  const over = (['n', 'buyers'] as const).filter((k) => l[k] > most[k]);
  useEffect(() => {
    if (!over.length) return;
    over.forEach((k) => ignore(`${k}=${l[k]}`, 'limit'));
    keep(Object.fromEntries(over.map((k) => [k, most[k]])));
  }, [l]);
  return !over.length;
}

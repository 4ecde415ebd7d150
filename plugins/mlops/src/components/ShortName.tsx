/** Longest end that is kept: "-features", " v12". */
const LONGEST = 10;

/**
 * A name that may be cut in its middle where the place is narrow: what tells it from its like stands at its end. The whole name is
 * there once, as one text to read, to find and to select; over it the two parts are only drawn.
 */
export function ShortName(props: { children: string }) {
  const name = props.children;
  const [head, tail] = partsOfName(name);
  return (
    <bdi dir="ltr" className="ml-short" title={name}>
      <span className={tail && 'drawn'}>{name}</span>
      {tail && <span aria-hidden="true" data-head={head} data-tail={tail} />}
    </bdi>
  );
}

/** The last word of a name with what separates it, where it is short; else nothing is kept. */
export function partsOfName(name: string): [string, string] {
  const at = Math.max(name.lastIndexOf(' '), name.lastIndexOf('-'));
  const tail = at > 0 ? name.slice(at) : '';
  return tail && tail.length <= LONGEST
    ? [name.slice(0, at), tail]
    : [name, ''];
}

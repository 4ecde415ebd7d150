const MOST = 30;

/** A value as code; of a path or a digest both ends, the whole of it on hover. */
export function LongText({ text }: { text: string }) {
  if (text.length <= MOST) return <bdi dir="ltr">{text}</bdi>;
  return (
    <code dir="ltr" title={text}>
      {text.slice(0, MOST / 2)}…{text.slice(1 - MOST / 2)}
    </code>
  );
}

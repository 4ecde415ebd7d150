import { useFormat, useNow } from '../hooks';

/** How long ago; the exact time with zone on hover. */
export function Age(props: { at: string; bare?: boolean }) {
  useNow();
  const format = useFormat();
  return (
    <time dateTime={props.at} title={format.exact(props.at)}>
      {props.bare ? format.age(props.at) : format.ago(props.at)}
    </time>
  );
}

/** Clock time of a moment ("today 06:16"); the exact time with zone on hover. */
export function Moment(props: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={props.at} title={format.exact(props.at)}>
      {format.moment(props.at)}
    </time>
  );
}

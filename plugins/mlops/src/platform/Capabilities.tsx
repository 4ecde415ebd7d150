import { EngineStatus } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';

/** What an engine can do, in words; the name that it goes by in the API on hover. What it cannot do is left out. */
export function Capabilities(props: { of: EngineStatus['capabilities'] }) {
  const { say } = useText();
  const format = useFormat();
  const words = (name: string, value: string | number | boolean) => {
    const number = typeof value === 'number' ? value : undefined;
    const values: Record<string, string> =
      number === undefined
        ? {}
        : {
            n: format.count(number),
            bytes: format.bytes(number),
            span: format.span(number),
          };
    const plain = value === true ? name : `${name} ${value}`;
    return say(`capability.${name}`, values, plain);
  };
  return (
    <>
      {Object.entries(props.of)
        .filter(([, value]) => value !== false)
        .map(([name, value]) => (
          <span key={name} className="ml-tag" title={`${name}: ${value}`}>
            {words(name, value)}
          </span>
        ))}
    </>
  );
}

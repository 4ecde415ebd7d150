import { RiCheckLine, RiTable2 } from '@remixicon/react';
import { useWords } from './useWords';

/** Tables that come with the portal, each chosen with one click. */
export function ExampleChoice(props: {
  examples: Array<{ id: string; title: string; description: string }>;
  chosen?: string;
  onChoose: (id: string) => void;
}) {
  const t = useWords();
  return (
    <div
      className="ml-new-examples"
      role="group"
      aria-label={t('source.examples')}
    >
      {props.examples.map(({ id, title, description }) => {
        const chosen = id === props.chosen;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={chosen}
            onClick={() => props.onChoose(id)}
          >
            <RiTable2 size={20} aria-hidden />
            <span>
              <strong>{title}</strong>
              <span className="ml-2 ml-s12">{description}</span>
            </span>
            <span className="act">
              {chosen ? (
                <>
                  <RiCheckLine size={16} aria-hidden /> {t('source.chosen')}
                </>
              ) : (
                t('source.use')
              )}
            </span>
          </button>
        );
      })}
    </div>
  );
}

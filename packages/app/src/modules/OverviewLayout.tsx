import { Fragment } from 'react';
import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import './overview.css';

/** What is wrong with the entity, then its first card over the whole width, then the others beside what is known about it. */
export function OverviewLayout(props: EntityContentLayoutProps) {
  const facts = props.cards.filter(({ type }) => type === 'info');
  const [first, ...others] = props.cards.filter(({ type }) => type !== 'info');
  return (
    <div className="app-overview">
      <Warnings />
      {first?.element}
      <div className="rest">
        <Column cards={others} />
        <Column cards={facts} />
      </div>
    </div>
  );
}

function Column(props: { cards: EntityContentLayoutProps['cards'] }) {
  return (
    <div>
      {props.cards.map(({ element }, i) => (
        <Fragment key={element.key ?? i}>{element}</Fragment>
      ))}
    </div>
  );
}

function Warnings() {
  return (
    <>
      <EntitySwitch>
        <EntitySwitch.Case if={isOrphan}>
          <EntityOrphanWarning />
        </EntitySwitch.Case>
      </EntitySwitch>
      <EntitySwitch>
        <EntitySwitch.Case if={hasRelationWarnings}>
          <EntityRelationWarning />
        </EntitySwitch.Case>
      </EntitySwitch>
      <EntitySwitch>
        <EntitySwitch.Case if={hasCatalogProcessingErrors}>
          <EntityProcessingErrorsPanel />
        </EntitySwitch.Case>
      </EntitySwitch>
    </>
  );
}

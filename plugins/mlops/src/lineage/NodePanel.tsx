import { Button, ButtonLink } from '@backstage/ui';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts } from '../components';
import { useFormat, useText } from '../hooks';
import { pathOfObject } from '../routes';
import { neighboursOf } from './merge';
import { useFactValue } from './useFacts';

/** Facts of one node, its neighbours with the time their edge holds, and the way on. */
export function NodePanel(props: {
  lineage: Lineage;
  selected: string;
  onSelect: (id: string) => void;
  onStart: (id: string) => void;
  onExpand: (id: string) => void;
}) {
  const { t, say } = useText();
  const write = useFactValue();
  const { lineage } = props;
  const node = lineage.nodes.find(n => n.id === props.selected);
  if (!node) return null;
  const kind = say(`lineage.kind.${node.kind}`, {}, node.kind);
  const path = node.redacted ? undefined : pathOfObject(node.id);
  const facts = Object.entries(node.facts);
  const { from, reaches } = neighboursOf(lineage, node.id);
  return (
    <Card
      title={<bdi>{node.redacted ? t('lineage.hidden') : node.title}</bdi>}
      sub={kind}
    >
      <div className="ml-col ml-gap-16">
        {node.redacted ? (
          <p className="ml-2">{t('lineage.hiddenWhy')}</p>
        ) : (
          <Facts
            items={[
              [
                t('lineage.nodeId'),
                <code key="id" title={node.id}>
                  {node.id.length > 48 ? `${node.id.slice(0, 40)}…` : node.id}
                </code>,
              ],
              ...facts.map(([name, value]): [string, JSX.Element] => [
                say(`lineage.fact.${name}`, {}, name),
                <bdi key={name} title={String(value)}>
                  {write(name, value)}
                </bdi>,
              ]),
            ]}
          />
        )}
        {!node.redacted && !facts.length && (
          <p className="ml-s12 ml-3">{t('lineage.noFacts')}</p>
        )}
        <Neighbours
          title={t('lineage.comesFrom')}
          of={from}
          onSelect={props.onSelect}
        />
        <Neighbours
          title={t('lineage.reaches')}
          of={reaches}
          onSelect={props.onSelect}
        />
        <span className="ml-row wrap">
          {path && (
            <ButtonLink size="small" variant="secondary" href={path}>
              {t('lineage.openObject', { kind })}
            </ButtonLink>
          )}
          {lineage.cut.includes(node.id) && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => props.onExpand(node.id)}
            >
              {t('lineage.expand')}
            </Button>
          )}
          {!node.focus && !node.redacted && (
            <Button
              size="small"
              variant="tertiary"
              onPress={() => props.onStart(node.id)}
            >
              {t('lineage.startHere')}
            </Button>
          )}
        </span>
      </div>
    </Card>
  );
}

function Neighbours(props: {
  title: string;
  of: ReturnType<typeof neighboursOf>['from'];
  onSelect: (id: string) => void;
}) {
  const { t, say } = useText();
  const format = useFormat();
  return (
    <div>
      <h3>{props.title}</h3>
      {props.of.length ? (
        <ul>
          {props.of.map(({ edge, node }) => (
            <li key={`${edge.kind}${node.id}${edge.validFrom}`}>
              <span className="ml-s12 ml-2">
                {say(`lineage.edge.${edge.kind}`, {}, edge.kind)}
              </span>{' '}
              <button
                type="button"
                className="ml-plain"
                onClick={() => props.onSelect(node.id)}
              >
                <bdi>{node.redacted ? t('lineage.hidden') : node.title}</bdi>
              </button>{' '}
              <span className="ml-s11 ml-3">
                {edge.validTo
                  ? t('lineage.validTo', {
                      from: format.moment(edge.validFrom),
                      to: format.moment(edge.validTo),
                    })
                  : t('lineage.validFrom', {
                      time: format.moment(edge.validFrom),
                    })}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="ml-s12 ml-3">{t('lineage.nothing')}</p>
      )}
    </div>
  );
}

import { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { Freshness, UsedBy } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  Crumb,
  Facts,
  IndexColumn,
  LoadState,
  Page,
  State,
} from '../components';
import { HubValue, useText } from '../hooks';
import { entityPath } from './entityPath';
import { FreshnessCell, Owner, useFreshnessText, Users } from './parts';

/** What the data assets of the portal have in common: datasets and feature views. */
export interface Asset {
  name: string;
  owner: string;
  freshness: Freshness;
  usedBy: UsedBy[];
  entityRef?: string;
  description?: string;
}

/** Page of one asset: how fresh it is, whose, the way to what it belongs to and to the catalog. */
export function AssetPage<T extends Asset>(props: {
  kind: string;
  list: Crumb;
  use: (name: string) => HubValue<T>;
  facts?: (asset: T) => ReactNode;
  /** Where one goes from here, if it is known. */
  way: (asset: T) => Crumb | undefined;
  children: (asset: T) => ReactNode;
}) {
  const { name = '' } = useParams();
  const hub = props.use(name);
  const asset = hub.value;
  return (
    <Page
      title={name}
      crumbs={[props.list]}
      state={asset && <State state={asset.freshness.state} pill />}
      meta={
        asset && (
          <>
            <Meta asset={asset} />
            {props.facts?.(asset)}
          </>
        )
      }
      acts={asset && <Acts asset={asset} way={props.way(asset)} />}
    >
      <LoadState of={hub} what={`${props.kind} ${name}`} rows={8}>
        {props.children}
      </LoadState>
    </Page>
  );
}

function Meta(props: { asset: Asset }) {
  const { t } = useText();
  const freshness = useFreshnessText(props.asset.freshness);
  return (
    <>
      <span>{freshness}</span>
      <span>
        {t('data.owner')}{' '}
        <b>
          <Owner owner={props.asset.owner} />
        </b>
      </span>
    </>
  );
}

function Acts(props: { asset: Asset; way?: Crumb }) {
  const { t } = useText();
  const { entityRef } = props.asset;
  const links = [
    props.way,
    entityRef && { title: t('data.openEntity'), href: entityPath(entityRef) },
  ];
  return (
    <>
      {links.map(
        link =>
          link && (
            <ButtonLink
              key={link.title}
              size="small"
              variant="secondary"
              href={link.href}
            >
              {link.title}
            </ButtonLink>
          ),
      )}
    </>
  );
}

/** Foot of the page: who uses the asset, and what else is known of it. */
export function AssetFoot(props: {
  asset: Asset;
  uses: string;
  /** What is said where nobody does. */
  unused?: string;
  title: string;
  items: Parameters<typeof Facts>[0]['items'];
}) {
  const { asset } = props;
  return (
    <div className="ml-two">
      <Card title={props.uses}>
        {asset.usedBy.length || !props.unused ? (
          <Users of={asset.usedBy} />
        ) : (
          <p className="ml-2">{props.unused}</p>
        )}
      </Card>
      <Card title={props.title}>
        <div className="ml-col">
          {asset.description && <p className="ml-2">{asset.description}</p>}
          <Facts items={props.items} />
        </div>
      </Card>
    </div>
  );
}

const USERS_SHOWN = 3;

/** The columns that the lists of both kinds have. */
export function useAssetColumns<T extends Asset>(): Record<
  'freshness' | 'owner' | 'usedBy',
  IndexColumn<T>
> {
  const { t } = useText();
  return {
    freshness: {
      id: 'freshness',
      title: t('data.freshness'),
      csv: asset => asset.freshness.state,
      wrap: true,
      cell: asset => <FreshnessCell freshness={asset.freshness} />,
    },
    owner: {
      id: 'owner',
      title: t('data.owner'),
      csv: asset => asset.owner,
      cell: asset => <Owner owner={asset.owner} />,
    },
    usedBy: {
      id: 'usedBy',
      title: t('data.usedBy'),
      csv: asset => asset.usedBy.map(u => `${u.kind}:${u.name}`).join(' '),
      wrap: true,
      cell: asset => <Users of={asset.usedBy} most={USERS_SHOWN} />,
    },
  };
}

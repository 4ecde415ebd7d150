import { FeatureViewDetail } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';
import { AssetFoot } from './AssetPage';
import './datasets.css';
import { Sources } from './FeatureViewsPage';
import { FeaturesCard } from './FeaturesCard';

/** Everything about one feature view, on its own page and on its entity's. */
export function FeatureViewContent(props: { view: FeatureViewDetail }) {
  const { t, say } = useText();
  const format = useFormat();
  const { view } = props;
  const { reference, store, online } = view;
  return (
    <>
      {!view.entityRef && (
        <div className="ml-notice" role="note">
          {t('view.unregistered')}
        </div>
      )}
      <FeaturesCard view={view} />
      <AssetFoot
        asset={view}
        uses={t('view.consumers')}
        title={t('view.store')}
        items={[
          store && [
            t('catalog.view'),
            <span className="ml-break">
              <code>{`${store.project}/${store.name}`}</code>{' '}
              <span className="ml-3">{store.platform}</span>
            </span>,
          ],
          [
            t('view.joinKeys'),
            view.joinKeys.length ? (
              <code>{view.joinKeys.join(', ')}</code>
            ) : (
              t('view.noKeys')
            ),
          ],
          [
            t('view.derivedFrom'),
            view.derivedFrom.length ? <Sources of={view} /> : t('common.none'),
          ],
          reference && [
            t('view.reference'),
            t('view.referenceRows', {
              rows: format.count(reference.rows),
              window:
                format.window(reference.from, reference.to) ||
                t('data.noWindow'),
            }),
          ],
          [
            t('view.online'),
            <span className="ml-2">{say(`view.online.${online.reason}`)}</span>,
          ],
        ]}
      />
    </>
  );
}

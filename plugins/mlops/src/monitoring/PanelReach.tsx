import { Link } from 'react-router-dom';
import {
  Alert,
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { Moment } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { AlertActs } from './AlertActs';
import { RetrainButton } from './RetrainButton';
import { useAlertEvidence } from './useAlertTitle';

/** Who works with what the feature goes into: the model and those that ask the endpoint. */
export function PanelReach(props: {
  view: MonitoringView;
  feature: FeatureScores;
  rank: number;
  consumers: string[];
}) {
  const { t } = useText();
  const format = useFormat();
  const { view, feature, consumers } = props;
  const n = view.features.filter(f => f.role === 'feature').length;
  return (
    <div className="ml-drawer-part">
      <h3>{t('panel.reached')}</h3>
      <ul className="ml-col">
        {view.version !== null && (
          <li className="ml-row wrap">
            <Link
              className="ml-link"
              to={paths.version(view.endpoint, view.version)}
            >
              {t('panel.reachedModel', {
                model: view.endpoint,
                version: view.version,
              })}
            </Link>
            {feature.role === 'feature' && (
              <span className="ml-push ml-s12 ml-2">
                {t('panel.reachedImportance', {
                  importance: format.score(feature.importance),
                  rank: props.rank + 1,
                  n,
                })}
              </span>
            )}
          </li>
        )}
        {consumers.map(consumer => (
          <li key={consumer}>
            <EntityLink of={consumer} />
          </li>
        ))}
        {!consumers.length && (
          <li className="ml-s12 ml-3">{t('panel.noConsumers')}</li>
        )}
      </ul>
    </div>
  );
}

/** The alert on the feature with its evidence, and what can be done about it. */
export function PanelActs(props: {
  view: MonitoringView;
  alert?: Alert;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { view, alert, onChanged } = props;
  const evidence = useAlertEvidence();
  return (
    <div className="ml-drawer-part">
      <h3>{t('panel.acts')}</h3>
      <p className="ml-s12 ml-2">
        {alert ? (
          <>
            <Link className="ml-link" to={paths.alert(alert.id)}>
              {evidence(alert)}
            </Link>
            , <Moment at={alert.firedAt} />
            {alert.state === 'resolved' && `, ${t('panel.resolved')}`}
          </>
        ) : (
          t('panel.noAlert')
        )}
      </p>
      <div className="ml-row wrap">
        <RetrainButton problem={view.endpoint} onDone={onChanged} />
        {alert?.state === 'firing' && (
          <AlertActs alert={alert} onChanged={onChanged} />
        )}
      </div>
    </div>
  );
}

import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answers } from '../testUtils/answers';
import { renderPage } from '../testUtils/render';
import { featureView } from '../testUtils/story/featureViews';
import { FeatureViewRoutes } from './DatasetRoutes';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (path: string, answers: Answers = {}) =>
  renderPage(<FeatureViewRoutes />, {
    path: `/ml/feature-views${path}`,
    mountPath: '/ml/feature-views/*',
    answers,
  });

describe('the feature views', () => {
  it('are listed with what they are computed from and who takes them', async () => {
    open('');
    const row = await screen.findByRole(
      'row',
      { name: /flight-delay-features/ },
      find,
    );
    expect(row).toHaveTextContent('Late');
    expect(row).toHaveTextContent('a reading was due 5 h ago');
    expect(
      within(row).getByRole('link', { name: 'flight-delay-data' }),
    ).toHaveAttribute('href', '/ml/datasets/flight-delay-data');
    expect(within(row).getByRole('link', { name: 'v4' })).toHaveAttribute(
      'href',
      '/ml/models/flight-delay/versions/4',
    );
  });
});

describe('a feature view', () => {
  it('shows features with importance, source and distribution', async () => {
    open('/flight-delay-features');
    const features = await screen.findByRole(
      'region',
      { name: 'Features, most important first' },
      find,
    );
    expect(within(features).getByText('38%')).toBeInTheDocument();
    expect(
      within(features).getByText('computed by the repository'),
    ).toBeInTheDocument();
    expect(
      within(features).getByRole('link', { name: 'flight-delay-data' }),
    ).toHaveAttribute('href', '/ml/datasets/flight-delay-data?column=origin');
    expect(
      within(features).getByRole('img', {
        name: 'Distribution of origin: 3 cells, most rows in other',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/966,409 rows/)).toBeInTheDocument();
  });

  it('says that no feature store is connected', async () => {
    open('/flight-delay-features');
    expect(
      await screen.findByText(/No feature store is connected/, {}, find),
    ).toBeInTheDocument();
  });

  it('shows one feature large, also from a link', async () => {
    open('/flight-delay-features?column=recent_delay');
    const plot = await screen.findByRole(
      'region',
      { name: 'recent_delay' },
      find,
    );
    await userEvent.click(within(plot).getByRole('button', { name: 'Table' }));
    expect(within(plot).getAllByRole('row')).toHaveLength(4);
  });

  it('teaches where no version told its features', async () => {
    open('/flight-delay-features', {
      getFeatureView: () => ({
        ...featureView(),
        schema: [],
        features: null,
        readFrom: undefined,
      }),
    });
    expect(
      await screen.findByText('No feature known yet', {}, find),
    ).toBeInTheDocument();
  });
});

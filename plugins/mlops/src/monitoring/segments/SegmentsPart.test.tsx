import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FeatureSegments } from '@mlops-portal/plugin-mlops-common';
import { renderPage } from '../../testUtils/render';
import { monitoringView } from '../../testUtils/story/monitoring';
import { featureSegments } from '../../testUtils/story/segments';
import { SegmentsPart } from './SegmentsPart';
import { placesOf } from './scaleOfSegments';

const view = monitoringView();
const feature = { ...view.features[0], feature: 'origin' };
const open = (answer: () => FeatureSegments) =>
  renderPage(
    <SegmentsPart view={view} feature={feature} window="2001-05-07" />,
    { path: '/', mountPath: '/', answers: { getFeatureSegments: answer } },
  );
const rows = async () =>
  (await screen.findAllByRole('row')).slice(1).map(row => row.textContent);

describe('SegmentsPart', () => {
  it('shows the surely worst first, with share, labels, metric and interval, and says which it is', async () => {
    const { hub } = open(featureSegments);
    expect(
      await screen.findByText('AUC by origin, v4, surely worst first'),
    ).toBeInTheDocument();
    const [worst, next, third] = await rows();
    expect(worst).toMatch(
      /^ORD▲ worse than the others28\.6%5,40090% of 6,0000\.610.* \[0\.590.*, 0\.630.*\]$/,
    );
    expect(next).not.toMatch(/worse/);
    expect(third).toMatch(/^فرودگاهnew word/);
    expect(
      screen.getByText(/Dashed: mean of the segments, 0\.68/),
    ).toBeInTheDocument();
    expect(hub.calls[0].request).toMatchObject({
      params: { endpoint: 'flight-delay', feature: 'origin' },
      query: { window: '2001-05-07', cell: 'week' },
    });
  });

  it('tells what is too little from what has no labels, and another metric by its name', async () => {
    open(featureSegments);
    const all = await rows();
    expect(all[4]).toMatch(/^other words/);
    expect(all[5]).toMatch(/^LAX.*Error rate$/);
    expect(all[6]).toMatch(/^GSTunder 30 labels: no interval/);
    expect(all[6]).not.toMatch(/\[/);
    expect(all[7]).toMatch(/^missingno labels yet/);
    expect(all).toHaveLength(8);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 9 segments' }),
    );
    expect(
      within(screen.getByRole('table')).getByText('better than the others'),
    ).toBeInTheDocument();
  });

  it('shows shares alone while no label has come', async () => {
    open(() =>
      featureSegments({
        labels: 0,
        typical: null,
        segments: featureSegments().segments.map(segment => ({
          ...segment,
          labels: 0,
          value: null,
          low: null,
          high: null,
          standing: 'no-labels',
        })),
      }),
    );
    expect(
      await screen.findByText(/No labels of this window have come yet/),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('columnheader').map(each => each.textContent),
    ).toEqual(['Segment', 'Share', 'Labels']);
    expect(screen.queryByText('no labels yet')).not.toBeInTheDocument();
  });

  it('says why nothing is shown, or not all of it', async () => {
    const gone = open(() => featureSegments({ segments: [], removedDays: 7 }));
    expect(
      await screen.findByText(/are no longer kept\. Scores and quality/),
    ).toBeInTheDocument();
    gone.unmount();
    const none = open(() => featureSegments({ segments: [] }));
    expect(
      await screen.findByText('There is no prediction in this window.'),
    ).toBeInTheDocument();
    none.unmount();
    open(() => featureSegments({ days: 5, removedDays: 2 }));
    expect(
      await screen.findByText(/Predictions of 2 of 7 days are no longer kept/),
    ).toBeInTheDocument();
  });

  it('says what stands in for a metric without an interval', async () => {
    open(() =>
      featureSegments({
        metric: { name: 'error_rate', direction: 'minimize', primary: false },
      }),
    );
    expect(
      await screen.findByText(
        'AUC has no interval on these segments, so Error rate stands in its place.',
      ),
    ).toBeInTheDocument();
  });

  it('says what went wrong and asks again on demand', async () => {
    let asked = 0;
    open(() => {
      asked += 1;
      if (asked === 1) throw new Error('the predictions take 3 GB');
      return featureSegments();
    });
    expect(
      await screen.findByText(/the predictions take 3 GB/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await screen.findByText('ORD')).toBeInTheDocument();
  });
});

describe('placesOf', () => {
  it('spreads the intervals of the metric from edge to edge', () => {
    const scale = placesOf(featureSegments())!;
    expect(scale.place(0.59)).toBe('0.00%');
    expect(scale.place(0.77)).toBe('100.00%');
    expect(placesOf(featureSegments({ typical: null }))).toBeUndefined();
  });
});

import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mlopsRoutes } from '@mlops-portal/plugin-mlops-common';
import { renderPage } from '../testUtils/render';
import { servingAnswers } from '../testUtils/story/serving';
import { ApiPage } from './ApiPage';
import { AuditPage } from './AuditPage';
import { PlatformPage } from './PlatformPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

describe('PlatformPage', () => {
  it('says first how many engines do not answer, and lists those first with the reason', async () => {
    renderPage(<PlatformPage />);
    expect(
      await screen.findByText('1 of 5 engines do not answer.', {}, find),
    ).toBeInTheDocument();
    const card = screen.getByRole('region', { name: 'Engines' });
    const [, first] = within(card).getAllByRole('row');
    expect(first).toHaveTextContent('Kubeflow Pipelines');
    expect(first).toHaveTextContent('ECONNREFUSED');
  });

  it('says what engines can do in words, and what waits', async () => {
    renderPage(<PlatformPage />, { answers: servingAnswers() });
    const tags = await screen.findAllByText('at most 2 runs at once', {}, find);
    expect(tags[0]).toHaveAttribute('title', 'maxConcurrentRuns: 2');
    expect(
      await screen.findByText('Approvals that wait', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText('Endpoints not as wanted')).toBeInTheDocument();
  });

  it('asks the engines again on demand', async () => {
    const { hub } = renderPage(<PlatformPage />);
    await screen.findByText(/engines do not answer/, {}, find);
    await userEvent.click(screen.getByRole('button', { name: 'Re-check' }));
    await waitFor(() =>
      expect(hub.calls.map(c => c.route)).toContain('recheckEngines'),
    );
  });
});

describe('AuditPage', () => {
  it('links each entry to its object', async () => {
    renderPage(<AuditPage />);
    expect(
      await screen.findByRole('link', { name: 'version:flight-delay/6' }, find),
    ).toHaveAttribute('href', '/ml/models/flight-delay/versions/6');
  });

  it('takes its filters from the URL', async () => {
    const { hub } = renderPage(<AuditPage />, {
      path: '/?object=endpoint%3Aflight-delay&actor=ann&since=2026-03-01',
    });
    await screen.findByRole('columnheader', { name: 'Outcome' }, find);
    expect(
      hub.calls.find(c => c.route === 'listAudit')?.request.query,
    ).toMatchObject({
      object: 'endpoint:flight-delay',
      actor: 'ann',
      since: '2026-03-01',
      limit: '50',
    });
  });
});

describe('ApiPage', () => {
  it('shows every route of the hub', async () => {
    renderPage(<ApiPage />);
    expect(
      await screen.findByText(
        `${Object.keys(mlopsRoutes).length} operations`,
        {},
        find,
      ),
    ).toBeInTheDocument();
  });

  it('finds a route by a word of its summary', async () => {
    renderPage(<ApiPage />, { path: '/?q=rollout%20of%20a%20version' });
    expect(
      await screen.findByText('1 operations', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText('/endpoints/{name}/deploy')).toBeInTheDocument();
  });
});

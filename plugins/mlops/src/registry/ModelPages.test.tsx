import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { approvals } from '../testUtils/story/approvals';
import { versionDetail } from '../testUtils/story/registry';
import { renderPage } from '../testUtils/render';
import { ModelRoutes } from './ModelRoutes';

jest.setTimeout(60_000);
const open = (path: string, answers = {}) =>
  renderPage(<ModelRoutes />, {
    path: `/ml/models${path}`,
    mountPath: '/ml/models/*',
    answers,
  });
const find = { timeout: 15_000 };

describe('a model', () => {
  it('puts each version into the lane of its stage, with aliases and traffic', async () => {
    open('/flight-delay');
    const staging = await screen.findByRole(
      'region',
      { name: 'Staging' },
      find,
    );
    expect(within(staging).getByRole('link', { name: 'v6' })).toHaveAttribute(
      'href',
      '/ml/models/flight-delay/versions/6',
    );
    expect(within(staging).getByText('@challenger')).toBeInTheDocument();
    expect(
      within(staging).getByText('10% of traffic of flight-delay'),
    ).toBeInTheDocument();
    const production = screen.getByRole('region', { name: 'Production' });
    expect(
      within(production).getByRole('link', { name: 'v4' }),
    ).toBeInTheDocument();
  });

  it('judges the challenger against the champion in words', async () => {
    open('/flight-delay');
    const card = await screen.findByRole(
      'region',
      { name: 'Champion against challenger' },
      find,
    );
    const auc = within(card).getByRole('row', { name: /^AUC/ });
    expect(auc).toHaveTextContent('+0.017');
    expect(within(auc).getByText('Better')).toBeInTheDocument();
  });

  it('compares only once two versions are ticked', async () => {
    open('/flight-delay');
    const card = await screen.findByRole('region', { name: 'Versions' }, find);
    const button = await within(card).findByRole(
      'button',
      { name: 'Compare' },
      find,
    );
    expect(button).toBeDisabled();
    const boxes = await within(card).findAllByRole('checkbox', {}, find);
    await userEvent.click(boxes[1]);
    await userEvent.click(boxes[3]);
    expect(
      await within(card).findByRole('button', { name: 'Compare v4, v6' }),
    ).toBeEnabled();
  });
});

describe('a version', () => {
  it('shows metrics beside baseline and production, the gate and one real row', async () => {
    open('/flight-delay/versions/6');
    const metrics = await screen.findByRole(
      'region',
      { name: 'Metrics' },
      find,
    );
    expect(
      within(metrics).getByRole('row', { name: 'AUC 0.721 0.500 0.704' }),
    ).toBeInTheDocument();
    expect(
      within(screen.getByRole('region', { name: 'Gate' })).getAllByText('Met'),
    ).toHaveLength(3);
    expect(
      screen.getByRole('row', { name: 'prev_delay_origin FP64 missing' }),
    ).toBeInTheDocument();
  });

  it('keeps the acts of a version whose digest failed, off, and says why', async () => {
    open('/flight-delay/versions/1');
    expect(
      await screen.findByText(
        /^This version may not be used: the digest/,
        { selector: '.ml-notice *' },
        find,
      ),
    ).toBeInTheDocument();
    const deploy = screen.getByRole('button', { name: 'Deploy…' });
    expect(deploy).toHaveAttribute('aria-disabled', 'true');
    expect(deploy).toHaveAccessibleDescription(
      /may not be used: the digest of the artefact differs/,
    );
    await userEvent.click(deploy);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows of the version in production what it cannot, and leads to its endpoint', async () => {
    open('/flight-delay/versions/4');
    for (const [name, why] of [
      ['Compare', /No other version was in production/],
      ['Archive…', /answers 90% of flight-delay: move its traffic/],
      ['Request approval…', /approved already/],
      ['Deploy…', /answers 90% of flight-delay already/],
    ] as const)
      expect(
        await screen.findByRole('button', { name }, find),
      ).toHaveAccessibleDescription(why);
    expect(
      screen.getByRole('link', { name: 'Open the endpoint' }),
    ).toHaveAttribute('href', '/ml/endpoints/flight-delay');
  });

  it('leads from a version whose approval waits to the request', async () => {
    open('/flight-delay/versions/6');
    expect(
      await screen.findByRole('link', { name: 'Open the request' }, find),
    ).toHaveAttribute('href', '/ml/approvals/apr-118');
    expect(
      screen.getByText('Its approval waits for a decision.'),
    ).toBeInTheDocument();
  });

  it('says who refused it and why, and lets one ask again', async () => {
    open('/flight-delay/versions/5', {
      getVersion: () => ({
        ...versionDetail(5),
        approvals: [
          {
            ...approvals()[0],
            state: 'refused',
            decidedBy: 'user:default/ben',
            decidedAt: new Date().toISOString(),
            decisionReason: 'no gain over v4',
          },
        ],
      }),
    });
    expect(
      await screen.findByText(
        'Its approval was refused by ben: “no gain over v4”',
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Request approval…' }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it('says where one person both asked and decided, and that one may', async () => {
    const me = { actor: 'user:default/ann', permissions: {}, onePerson: true };
    open('/flight-delay/versions/5', {
      whoAmI: () => me,
      getVersion: () => ({
        ...versionDetail(5),
        approval: undefined,
        approvals: [
          {
            ...approvals()[0],
            state: 'approved',
            exception: true,
            decidedBy: 'user:default/ann',
            decidedAt: new Date().toISOString(),
            decisionReason: 'fine',
          },
        ],
      }),
    });
    expect(
      await screen.findByText(/Approved by ann with an exception/, {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText(/pair of eyes is waived/)).toBeInTheDocument();
    await waitFor(async () => {
      await userEvent.click(
        screen.getByRole('button', { name: 'Request approval…' }),
      );
      expect(screen.getByRole('dialog')).toHaveTextContent(
        'One person uses this portal, so you may decide it yourself.',
      );
    });
  });

  it('deploys after saying what changes and with a reason', async () => {
    const { hub } = open('/flight-delay/versions/5', {
      deploy: () => {
        throw new Error('approval is missing');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Endpoint flight-delay: v5 starts beside what answers now',
    );
    await userEvent.type(within(dialog).getByRole('textbox'), 'lower Brier');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Deploy' }),
    );
    expect(
      await within(dialog).findByText('approval is missing'),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('textbox')).toHaveValue('lower Brier');
    expect(
      hub.calls.find(c => c.route === 'deploy')?.request.body,
    ).toMatchObject({ version: 5, reason: 'lower Brier' });
  });
});

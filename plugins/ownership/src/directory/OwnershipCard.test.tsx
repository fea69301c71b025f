import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { OwnershipCard } from './OwnershipCard';

const markup = '<img src=x onerror="alert(1)">';
const script = `${'java'}script:alert(1)`;

describe('OwnershipCard', () => {
  it('shows team, captain, on-call, contacts and escalation with their links', async () => {
    await renderOnEntity(<OwnershipCard />);
    await screen.findByText('7 people');
    expect(screen.getByText('At risk')).toBeInTheDocument();
    expect(
      screen.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual([
      '/catalog/default/group/payments',
      '/catalog/default/user/ines',
      '/catalog/default/user/tariq',
      'https://oncall.example.org/payments',
      'mailto:payments-oncall@example.org',
      'tel:+49301234567',
      '/catalog/default/group/payments',
      '/catalog/default/user/ines',
      '/catalog/default/group/platform',
    ]);
    // A channel without its address is a name.
    expect(screen.getByText('#payments-help')).toBeInTheDocument();
    const steps = screen
      .getAllByRole('listitem')
      .slice(-3)
      .map(step => step.textContent);
    expect(steps).toEqual([
      'at oncePayments',
      'after 15 minInes Vidal',
      'after 30 minPlatform',
    ]);
  });

  it('keeps the patch of an accepted owner at hand, and asks nobody who may not answer', async () => {
    await renderOnEntity(<OwnershipCard />, {
      ownership: {
        state: 'orphaned',
        may: { waive: false, attest: false },
        suggestedOwners: [
          {
            ref: 'group:default/payments',
            title: 'Payments',
            confidence: 0.99,
            reason: 'It was accepted as owner',
            signals: ['accepted'],
            patch: 'owner: group:default/payments',
          },
        ],
      },
    });
    expect(
      await screen.findByText('owner: group:default/payments'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Not them/ })).toBeNull();
  });

  it('says first that nobody answers, then who did and who is suggested', async () => {
    const acceptOwner = jest.fn().mockResolvedValue({ items: [] });
    const rejectOwner = jest
      .fn()
      .mockRejectedValue(new Error('Somebody was faster'));
    await renderOnEntity(<OwnershipCard />, {
      ownership: {
        state: 'orphaned',
        stateReason: 'group:default/falcon does not exist any more.',
        owners: [
          {
            ref: 'group:default/falcon',
            title: 'falcon',
            resolves: false,
            memberCount: 0,
          },
        ],
        suggestedOwners: [
          {
            ref: 'group:default/payments',
            title: 'Payments',
            confidence: 0.8,
            reason: 'Owns the system Shop.',
          },
        ],
      },
      api: { acceptOwner, rejectOwner },
    });
    expect(await screen.findByText('Nobody answers for this')).toBeVisible();
    expect(screen.getByText('Orphaned')).toBeInTheDocument();
    const gone = screen.getByText('group:default/falcon');
    expect(gone.closest('a')).toBeNull();
    expect(screen.getByText('Owns the system Shop.')).toBeInTheDocument();
    expect(screen.getByText('80 % sure')).toBeInTheDocument();
    const entity = 'component:default/checkout';
    const answer = { owner: 'group:default/payments' };
    await userEvent.click(
      screen.getByRole('button', { name: 'Not them: Payments' }),
    );
    expect(rejectOwner).toHaveBeenCalledWith(entity, answer);
    expect(
      await screen.findByText('That was not saved: Somebody was faster'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'That is right: Payments' }),
    );
    expect(acceptOwner).toHaveBeenCalledWith(entity, answer);
  });

  it('says why it cannot be told who is on call, and when nobody is', async () => {
    const onCall = { provider: 'ical', ref: 'x', people: [] };
    const { unmount } = await renderOnEntity(<OwnershipCard />, {
      ownership: { onCall: { ...onCall, unknownReason: 'calendar is away' } },
    });
    expect(
      await screen.findByText('Cannot be told: calendar is away'),
    ).toBeInTheDocument();
    unmount();
    await renderOnEntity(<OwnershipCard />, { ownership: { onCall } });
    expect(
      await screen.findByText('Nobody is on call right now'),
    ).toBeInTheDocument();
  });

  it('shows what people wrote as text and opens nothing unsafe', async () => {
    const { container } = await renderOnEntity(<OwnershipCard />, {
      ownership: {
        stateReason: markup,
        owners: [
          {
            ref: 'group:default/payments',
            title: markup,
            resolves: true,
            memberCount: 1,
          },
        ],
        captain: {
          ref: 'user:default/ines',
          title: markup,
          picture: script,
          resolves: true,
        },
        onCall: { provider: 'x', ref: 'x', people: [], url: script },
        contract: {
          provenance: {},
          contacts: [
            { type: 'url', value: script },
            { type: 'slack', value: 'data:text/html,x' },
            { type: 'email', value: 'a@b.c?subject=x&cc=evil@example.org' },
            { type: 'phone', value: '*21*+49123#' },
            { type: 'url', value: '/api/catalog/entities' },
          ],
        },
      },
    });
    await screen.findByText(script);
    expect(container.querySelector('img[src="x"]')).toBeNull();
    expect(container.innerHTML).not.toMatch(/src="java/);
    expect(
      screen.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual([
      '/catalog/default/group/payments',
      '/catalog/default/user/ines',
    ]);
  });

  it('lets who may confirm the contract, and shows the new review', async () => {
    const answers = [
      anOwnership(),
      anOwnership({
        review: { reviewedAt: new Date().toISOString(), overdue: false },
      }),
    ];
    const attest = jest.fn().mockResolvedValue({});
    await renderOnEntity(<OwnershipCard />, {
      api: { getEntity: async () => answers.shift()!, attest },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Confirm it is still right' }),
    );
    expect(attest).toHaveBeenCalledWith('component:default/checkout');
    expect(await screen.findByText('Confirmed. Thank you.')).toBeVisible();
    expect(await screen.findByText('now')).toBeInTheDocument();
  });

  it('offers no confirmation to who may not', async () => {
    await renderOnEntity(<OwnershipCard />, {
      ownership: { may: { attest: false, waive: false } },
    });
    await screen.findByText('7 people');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('leads to the tab where the contract is missing or wrong', async () => {
    await renderOnEntity(<OwnershipCard />, {
      ownership: {
        contractStatus: 'invalid',
        contractProblems: [{ message: 'wrong', path: 'tier' }],
      },
    });
    expect(
      await screen.findByRole('link', { name: 'See the problems' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/ownership');
  });

  it('shows a skeleton, then the reason of a failure, then the answer', async () => {
    let attempts = 0;
    let fail: (error: Error) => void = () => {};
    await renderOnEntity(<OwnershipCard />, {
      api: {
        getEntity: () => {
          attempts += 1;
          return attempts === 1
            ? new Promise((_, reject) => {
                fail = reject;
              })
            : Promise.resolve(anOwnership());
        },
      },
    });
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
    fail(new Error('The database is away'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect(await screen.findByText('7 people')).toBeInTheDocument();
  });
});

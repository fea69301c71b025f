import { TestApiProvider } from '@backstage/test-utils';
import type {
  EntityOwnership,
  OwnershipApi,
} from '@service-ownership/backstage-plugin-ownership-common';
import { act, render, screen } from '@testing-library/react';
import { ownershipApiRef } from '../api';
import { useOwnership } from './useOwnership';

const checkout = 'component:default/checkout';

function Block(props: { name: string; entityRef?: string }) {
  const { loading, value, error, retry } = useOwnership(
    props.entityRef ?? checkout,
  );
  return (
    <button onClick={retry}>
      {[props.name, loading && 'loading', value?.title, error?.message]
        .filter(Boolean)
        .join(' ')}
    </button>
  );
}

function setUp() {
  const answers: Array<{
    entityRef: string;
    resolve(title: string): Promise<void>;
    reject(message: string): Promise<void>;
  }> = [];
  const api: Partial<OwnershipApi> = {
    getEntity: entityRef =>
      new Promise((resolve, reject) => {
        answers.push({
          entityRef,
          resolve: title =>
            act(async () => resolve({ entityRef, title } as EntityOwnership)),
          reject: message => act(async () => reject(new Error(message))),
        });
      }),
  };
  const blocks = (children: React.ReactNode) => (
    <TestApiProvider apis={[[ownershipApiRef, api]]}>
      {children}
    </TestApiProvider>
  );
  return { answers, blocks };
}

describe('useOwnership', () => {
  it('asks once for all blocks of an entity and once for each entity', async () => {
    const { answers, blocks } = setUp();
    const { rerender } = render(
      blocks(
        <>
          <Block name="first" />
          <Block name="second" />
          <Block name="other" entityRef="component:default/ledger" />
        </>,
      ),
    );
    expect(answers.map(({ entityRef }) => entityRef)).toEqual([
      checkout,
      'component:default/ledger',
    ]);
    await answers[0].resolve('Checkout');
    expect(screen.getByText('first Checkout')).toBeInTheDocument();
    expect(screen.getByText('second Checkout')).toBeInTheDocument();
    expect(screen.getByText('other loading')).toBeInTheDocument();

    // A block that comes later finds the answer there.
    rerender(blocks(<Block name="late" />));
    expect(screen.getByText('late Checkout')).toBeInTheDocument();
    expect(answers).toHaveLength(2);
  });

  it('keeps the last answer while it asks again, for every block', async () => {
    const { answers, blocks } = setUp();
    render(
      blocks(
        <>
          <Block name="first" />
          <Block name="second" />
        </>,
      ),
    );
    await answers[0].resolve('Old');
    act(() => screen.getByText('first Old').click());
    expect(screen.getByText('second loading Old')).toBeInTheDocument();
    await answers[1].resolve('New');
    expect(screen.getByText('first New')).toBeInTheDocument();
    expect(screen.getByText('second New')).toBeInTheDocument();
  });

  it('gives the reason of a failure, and an answer after a retry', async () => {
    const { answers, blocks } = setUp();
    render(blocks(<Block name="first" />));
    await answers[0].reject('The database is away');
    act(() => screen.getByText('first The database is away').click());
    expect(screen.getByText('first loading')).toBeInTheDocument();
    await answers[1].resolve('Checkout');
    expect(screen.getByText('first Checkout')).toBeInTheDocument();
  });

  it('drops an answer that was overtaken', async () => {
    const { answers, blocks } = setUp();
    render(blocks(<Block name="first" />));
    act(() => screen.getByText('first loading').click());
    await answers[1].resolve('Second');
    await answers[0].resolve('First');
    expect(screen.getByText('first Second')).toBeInTheDocument();
  });
});

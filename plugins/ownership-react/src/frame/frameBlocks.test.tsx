import { ResponseError } from '@backstage/errors';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityName, TeamLink } from '../directory';
import { SeverityLabel, StateLabel } from '../drift';
import { SloStateLabel } from '../slo';
import { CopyBlock } from './CopyBlock';
import { ErrorState } from './ErrorState';
import { reasonOf } from './reasonOf';
import { RelativeTime } from './RelativeTime';
import { SafeLink } from './SafeLink';

const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};
const markup = '<img src=x onerror="alert(1)">';

describe('what people wrote', () => {
  it('is text, and a link only where that is safe', async () => {
    const { container } = await renderInTestApp(
      <>
        <SafeLink href="https://wiki.example.org/x">{markup}</SafeLink>
        <SafeLink href={`${'java'}script:alert(1)`}>Click me</SafeLink>
        <TeamLink entityRef="group:default/payments" title={markup} />
        <TeamLink entityRef="group:default/falcon" resolves={false} />
        <EntityName entityRef="no ref at all" />
        <RelativeTime value={markup} />
        <CopyBlock label="ownership.yaml" text={markup} />
      </>,
      { mountedRoutes },
    );
    expect(container.querySelector('img')).toBeNull();
    expect(
      screen.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual([
      'https://wiki.example.org/x',
      '/catalog/default/group/payments',
    ]);
    expect(screen.getByText('group:default/falcon')).toBeInTheDocument();
    expect(screen.getByText('no ref at all')).toBeInTheDocument();
  });
});

describe('labels', () => {
  it('say every verdict in a word', async () => {
    await renderInTestApp(
      <>
        <StateLabel state="orphaned" />
        <StateLabel state="owned" variant="pill" />
        <SeverityLabel severity="critical" />
        <SloStateLabel state="no-traffic" />
      </>,
    );
    ['Orphaned', 'Owned', 'Critical', 'No traffic'].forEach(word =>
      expect(screen.getByText(word)).toBeInTheDocument(),
    );
  });
});

describe('ErrorState', () => {
  it.each([
    ['NotAllowedError', 'x', /You may not see this/],
    ['TypeError', 'Failed to fetch', /could not be reached/],
    ['ServiceUnavailableError', 'The database is away', /The database is away/],
  ])('gives the reason of a %s', async (name, message, words) => {
    const retry = jest.fn();
    const error = Object.assign(new Error(message), { name });
    await renderInTestApp(<ErrorState error={error} retry={retry} />);
    expect(screen.getByRole('alert')).toHaveTextContent(words);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledTimes(1);
  });
});

describe('reasonOf', () => {
  it('is what the backend said', async () => {
    const body = {
      error: { name: 'NotAllowedError', message: 'Only the owner may' },
      response: { statusCode: 403 },
    };
    const error = await ResponseError.fromResponse(
      new Response(JSON.stringify(body), {
        status: 403,
        headers: { 'Content-Type': 'application/json' },
      }),
    );
    expect(reasonOf(error)).toEqual({
      name: 'NotAllowedError',
      message: 'Only the owner may',
    });
    expect(reasonOf('odd')).toEqual({ name: 'Error', message: 'odd' });
  });

  it.each([
    ['<html>\n<title>502 Bad Gateway</title>, nginx</html>', 'Bad Gateway'],
    // HTTP/2 has no words beside the number.
    ['\n <!doctype html><title>502</title>', ''],
    ['no healthy upstream', 'Bad Gateway'],
    ['{"message":"no route, and no <b>host</b>"}', 'Bad Gateway'],
    ['', 'Bad Gateway'],
  ])('is the status where a proxy answers %j', async (page, statusText) => {
    const error = await ResponseError.fromResponse(
      new Response(page, {
        status: 502,
        statusText,
        headers: { 'Content-Type': 'text/html' },
      }),
    );
    expect(reasonOf(error).message).toBe(
      `The backend could not be reached (${`502 ${statusText}`.trim()})`,
    );
  });

  it('is a sentence where a page or nothing came in the place of an answer', async () => {
    const signIn = await new Response('<!doctype html>').json().catch(e => e);
    expect(reasonOf(signIn).message).toMatch(/^What answered was not the b/);
    expect(reasonOf(new TypeError('Failed to fetch')).message).toBe(
      'The backend could not be reached',
    );
    expect(reasonOf(new TypeError('x is undefined')).message).toBe(
      'x is undefined',
    );
  });
});

describe('CopyBlock', () => {
  it('copies the text as it is, and says so where it may not', async () => {
    const user = userEvent.setup();
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValueOnce(new Error('not allowed'))
      .mockResolvedValueOnce();
    await renderInTestApp(
      <CopyBlock label="ownership.yaml" text="tier: tier-1" />,
    );
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(
      await screen.findByText('Select the text to copy it'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(
      await screen.findByRole('button', { name: 'Copied' }),
    ).toBeInTheDocument();
    expect(write).toHaveBeenCalledWith('tier: tier-1');
    expect(
      screen.queryByRole('button', { name: 'Download' }),
    ).not.toBeInTheDocument();
  });

  it('downloads the text under the name it is given', async () => {
    const saved: Array<{ name: string; blob: Blob }> = [];
    let blob = new Blob();
    URL.createObjectURL = jest.fn(file => {
      blob = file as Blob;
      return 'blob:here';
    });
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push({ name: this.download, blob });
      });
    await renderInTestApp(
      <CopyBlock label="Patch" text="owner: kestrel" fileName="cart.yaml" />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(saved).toEqual([{ name: 'cart.yaml', blob }]);
    expect(blob.size).toBe('owner: kestrel'.length);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:here');
  });
});

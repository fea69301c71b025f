import type { Request } from 'express';

/**
 * The events of a request in any of the content modes of CloudEvents over
 * HTTP: structured (one JSON object), batch (a JSON array) or binary (`ce-`
 * headers, with the data as body).
 */
export function cloudEventsOf(request: Request, body: unknown): unknown[] {
  if (Array.isArray(body)) {
    return body;
  }
  const type = header(request, 'ce-type');
  if (type === undefined) {
    return [body];
  }
  return [
    {
      specversion: header(request, 'ce-specversion'),
      id: header(request, 'ce-id'),
      source: header(request, 'ce-source'),
      type,
      time: header(request, 'ce-time'),
      subject: header(request, 'ce-subject'),
      entityref: header(request, 'ce-entityref'),
      data: body,
    },
  ];
}

// The binding asks for percent-encoding of what a header cannot carry.
function header(request: Request, name: string): string | undefined {
  const value = request.get(name);
  if (value === undefined) {
    return undefined;
  }
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

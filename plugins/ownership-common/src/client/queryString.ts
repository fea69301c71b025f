type QueryValue = string | number | boolean | undefined | readonly QueryValue[];

/**
 * The query of an address: lists as a name each time, what is empty not at all.
 */
export function queryString(query: object = {}): string {
  const parameters = new URLSearchParams();
  const add = (name: string, value: QueryValue) => {
    if (Array.isArray(value)) {
      value.forEach(item => add(name, item));
    } else if (value !== undefined && value !== '') {
      parameters.append(name, String(value));
    }
  };
  Object.entries(query).forEach(([name, value]) => add(name, value));
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

import { z } from 'zod';

/**
 * What a cell holds; nothing is an empty cell.
 */
export type Cell = string | number | boolean | undefined;

/**
 * One column of a table made from a list of the API.
 */
export interface TableColumn {
  /** Path in the item: `budget.remaining`. */
  name: string;
  read(item: unknown): Cell;
}

/**
 * The columns of items of one shape, in the shape's order: one for each value
 * and for each list of values; a list of records is one column of JSON. A
 * record with keys of its own kind (`byLevel`) gets a column for each key that
 * `sample` shows.
 */
export function tableColumns(options: {
  item: z.ZodType;
  sample: unknown[];
}): TableColumn[] {
  return columnsOf({ ...options, path: [] });
}

function columnsOf(options: {
  item: z.ZodType;
  sample: unknown[];
  path: string[];
}): TableColumn[] {
  const { path, sample } = options;
  const item = unwrap(options.item);
  if (item instanceof z.ZodObject) {
    return Object.entries(item.shape).flatMap(([key, shape]) =>
      columnsOf({ item: shape as z.ZodType, sample, path: [...path, key] }),
    );
  }
  if (item instanceof z.ZodRecord) {
    const keys = new Set(
      sample.flatMap(one => Object.keys(valueAt(one, path) ?? {})),
    );
    return [...keys].map(key => column([...path, key]));
  }
  return [column(path)];
}

function unwrap(item: z.ZodType): z.ZodType {
  return item instanceof z.ZodOptional ||
    item instanceof z.ZodNullable ||
    item instanceof z.ZodDefault
    ? unwrap(item.unwrap() as z.ZodType)
    : item;
}

function column(path: string[]): TableColumn {
  return {
    name: path.join('.'),
    read: item => toCell(valueAt(item, path)),
  };
}

function valueAt(item: unknown, path: string[]): object | undefined {
  return path.reduce<any>(
    (value, key) =>
      value !== null &&
      typeof value === 'object' &&
      Object.prototype.hasOwnProperty.call(value, key)
        ? value[key]
        : undefined,
    item,
  );
}

function toCell(value: unknown): Cell {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (Array.isArray(value) && value.every(one => typeof one !== 'object')) {
    return value.join(';');
  }
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
}

import type { LintFormat } from '../LintReport';
import { githubFormat } from './githubFormat';
import { jsonFormat } from './jsonFormat';
import { junitFormat } from './junitFormat';
import { sarifFormat } from './sarifFormat';
import { textFormat } from './textFormat';

/**
 * Every format by its name.
 *
 * @internal
 */
export const lintFormats = {
  text: textFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  junit: junitFormat,
  github: githubFormat,
} satisfies Record<string, LintFormat>;

/** @internal */
export const lintFormatNames = Object.keys(lintFormats) as Array<
  keyof typeof lintFormats
>;

import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import type { JSX } from 'react';
import { MeasuresChapter } from '../measure/MeasuresChapter';
import { DataChapter } from './DataChapter';
import { DependenciesChapter } from './DependenciesChapter';
import { IncidentChapter } from './IncidentChapter';
import { InterfacesChapter } from './InterfacesChapter';
import { MoneyChapter } from './MoneyChapter';
import { PeopleChapter } from './PeopleChapter';
import { RunbooksChapter } from './RunbooksChapter';
import { SlosChapter } from './SlosChapter';

/** @internal */
export interface ChapterProps {
  id: string;
  ownership: EntityOwnership;
}

/**
 * The chapters of a contract in reading order: those everybody asks for, even
 * where nothing is written yet, and the others where they say something.
 *
 * @internal
 */
export function chaptersOf(ownership: EntityOwnership): Array<{
  id:
    | 'people'
    | 'incident'
    | 'slos'
    | 'runbooks'
    | 'data'
    | 'interfaces'
    | 'dependencies'
    | 'money'
    | 'measures';
  Chapter(props: ChapterProps): JSX.Element;
}> {
  const { data, interfaces, dependencies, cost } = ownership.contract;
  return [
    { id: 'people', Chapter: PeopleChapter },
    { id: 'incident', Chapter: IncidentChapter },
    { id: 'slos', Chapter: SlosChapter },
    { id: 'runbooks', Chapter: RunbooksChapter },
    ...(data?.length ? [{ id: 'data', Chapter: DataChapter } as const] : []),
    ...(interfaces?.length
      ? [{ id: 'interfaces', Chapter: InterfacesChapter } as const]
      : []),
    ...(dependencies?.length
      ? [{ id: 'dependencies', Chapter: DependenciesChapter } as const]
      : []),
    ...(cost ? [{ id: 'money', Chapter: MoneyChapter } as const] : []),
    { id: 'measures', Chapter: MeasuresChapter },
  ];
}

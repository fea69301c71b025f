import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useTeamList } from './useTeamList';
import type { Team } from './useTeamList';

const TeamsContext = createContext<Team[]>([]);

/**
 * Asks for the groups once for all screens.
 *
 * @internal
 */
export function TeamsProvider(props: { children: ReactNode }) {
  return (
    <TeamsContext.Provider value={useTeamList()}>
      {props.children}
    </TeamsContext.Provider>
  );
}

/**
 * The groups of the organisation by title; empty until they are known.
 *
 * @internal
 */
export function useTeams(): Team[] {
  return useContext(TeamsContext);
}

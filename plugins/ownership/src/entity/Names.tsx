import {
  EntityName,
  TeamLink,
} from '@service-ownership/backstage-plugin-ownership-react';

/**
 * The entities behind refs, by the titles the answer brought along.
 *
 * @internal
 */
export function Names(props: {
  refs: readonly string[];
  titles: Record<string, string>;
}) {
  return (
    <>
      {props.refs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <Name entityRef={ref} titles={props.titles} />
        </span>
      ))}
    </>
  );
}

/**
 * One entity by its title; teams and people with their icon.
 *
 * @internal
 */
export function Name(props: {
  entityRef: string;
  titles: Record<string, string>;
}) {
  const { entityRef, titles } = props;
  const title = Object.hasOwn(titles, entityRef)
    ? titles[entityRef]
    : undefined;
  return /^(group|user):/i.test(entityRef) ? (
    <TeamLink entityRef={entityRef} title={title} />
  ) : (
    <EntityName entityRef={entityRef} title={title} />
  );
}

/**
 * Texts of the ownership pages, merged into the plugin's translation ref.
 *
 * @internal
 */
export const pagesMessages = {
  title: 'Ownership',
};

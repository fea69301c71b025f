export { OwnershipPage } from './OwnershipPage';
export { pagesMessages } from './messages';

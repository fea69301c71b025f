export * from '../__testUtils__/writeOrganisation';

export interface Config {
  ownership?: {};
}

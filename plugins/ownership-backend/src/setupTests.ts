// Databases, property tests and child processes take longer on a busy machine.
jest.setTimeout(60_000);

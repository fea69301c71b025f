import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded lazily, and a busy machine takes its time to load them.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// Why this file: the demo handlers, served to the tests.
import { setupServer } from 'msw/node';
import { handlers } from '@/demo/handlers';

export const server = setupServer(...handlers);

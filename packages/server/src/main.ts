import { startServer } from './index.js';

startServer();

export { removeGuard } from './remove-guard.ts';
export { createTestDatabase, startTestDatabase, type TestDatabase } from './test-database.ts';
export { joinUsers, leaveUsers } from './test-server.ts';

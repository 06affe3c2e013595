import { testRecurrence } from './test-recurrence.ts';

testRecurrence('lstm', 4);

import { testRecurrence } from './test-recurrence.ts';

testRecurrence('gru', 3);

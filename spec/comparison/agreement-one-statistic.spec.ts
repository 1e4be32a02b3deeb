import { describeAgreement } from './agreement-checks.js';
import { oneStatistic } from './experiments.js';

describeAgreement(oneStatistic);

import { describeAgreement } from './agreement-checks.js';
import { otherStatistics } from './experiments.js';

describeAgreement(otherStatistics);

import { describeAgreement } from './agreement-checks.js';
import { singleSample } from './experiments.js';

describeAgreement(singleSample);

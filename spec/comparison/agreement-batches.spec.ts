import { describeAgreement } from './agreement-checks.js';
import { batches } from './experiments.js';

describeAgreement(batches);

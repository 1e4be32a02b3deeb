import { describeLargeAgreement, large } from './large-experiments.js';

describeLargeAgreement(large);

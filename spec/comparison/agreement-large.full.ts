import { describeLargeAgreement, large } from './large-experiments.js';

// Fifty times as long: until learning is well under way. Minutes of work.
describeLargeAgreement(large, 50);

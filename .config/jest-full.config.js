// The slow checks: mutations, many seeds. They end in .full.ts and are not part of `npm test`.
import fast from './jest.config.js';

export default { ...fast, testMatch: ['**/*.full.js'] };

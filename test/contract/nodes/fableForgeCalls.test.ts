import { axiosSender } from '../support/axiosSender';
import { describeFableForgeCalls } from './fableForgeCalls';

describeFableForgeCalls('axios', axiosSender);

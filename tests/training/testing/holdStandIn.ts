// Starts a stand-in in the folder that is given, prints its pid and stays: the parent that a test kills.
import { SupervisedProcess } from '../SupervisedProcess.ts';
import { planStandIn } from './planStandIn.ts';

const supervised = new SupervisedProcess(await planStandIn('held', process.argv[2] ?? '.'), {
  started() {},
  progress() {},
});
await supervised.start();
console.log(supervised.pid);

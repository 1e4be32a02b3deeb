/** One student in training. */
export interface TrainedStudent {
  /** Makes one optimizer step at time t = steps/N. */
  readonly step: (time: number) => void;
  /** Its order parameters, laid out as the rule's, 1 − R without cancellation. */
  state(): Float64Array;
}

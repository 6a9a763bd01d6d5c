// Why this file: the methods that pass cost on in passes (docs/allocation.md §3): 直接分配 and
// 阶梯分摊 (outward), sequential, 交互分配 (mutual), 平级一次 (peer_first), 两次分配 (double) and
// iterative.
// [RULE COST-007] 财会〔2019〕25号 art. 25: auxiliary departments that serve each other exchange
// cost by a reasonable method first, then pass it outward; where they hardly do, directly.
// Worked example of mutual, A 100.00 and B 60.00, A serves B 1 : ward 3, B serves A 1 : ward 2:
// pass 1 moves A -> B 25.00 and B -> A 20.00; pass 2 moves A 95.00 and B 65.00 to the ward.
#pragma once

#include "costing/allocate/cost_mover.hpp"

namespace yuanliu::costing {

/// Runs a stage of any method but reciprocal.
void run_exchange(const ResolvedPlan& plan, DriverChooser& chooser, CostMover& mover);

}  // namespace yuanliu::costing

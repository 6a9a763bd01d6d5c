// Why this file: the names of error codes, one spelling from engine to screen.
#include "costing/base/result.hpp"

namespace yuanliu {

std::string_view error_code_name(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::weight_is_negative:
            return "weight_is_negative";
        case ErrorCode::duplicate_part_key:
            return "duplicate_part_key";
        case ErrorCode::parts_are_empty:
            return "parts_are_empty";
        case ErrorCode::driver_total_is_zero:
            return "driver_total_is_zero";
        case ErrorCode::weight_overflow:
            return "weight_overflow";
        case ErrorCode::amounts_exceed_total:
            return "amounts_exceed_total";
    }
    return "";
}

}  // namespace yuanliu

// Why this file: factors I - Q once in binary floating point, as a compass; every step that it
// points to is checked by an exact whole-number remainder, until the remainder can't change the
// rounding any more. So the result is that of the equations, not of a compiler or its flags.
//
// Q's columns sum to at most one, so I - Q has an inverse without negative entries, and factoring
// grows no entry. Its norm is the largest gross total of one unit held by every sender; below 2^40,
// each solution in 53 bits is right to at least ten, so every round of refinement gains ten bits,
// and once a round moves nothing, what is left is below 2^-58 fen.
#include "costing/allocate/reciprocal_solve.hpp"

#define EIGEN_MPL2_ONLY
#include <Eigen/LU>
#include <cmath>

namespace yuanliu::costing {
namespace {

constexpr int kShareBits = 56;
constexpr int kTinyBits = 40;  ///< a fine unit has 2^40 tiny units; a tiny unit is 2^-60 fen
constexpr int kMostRounds = 60;
constexpr double kMostGain = 0x1p40;
constexpr double kMostFine = 0x1p67;             ///< 2^47 fen
constexpr Int128 kHalfWindow = Int128{1} << 15;  ///< 2^-45 fen in tiny units

using Matrix = Eigen::MatrixXd;

/// The senders that take part, as rows and columns of the equations.
struct Equations {
    const ServiceNetwork& network;
    std::vector<std::uint32_t> sender;  ///< by row
    std::vector<std::uint32_t> row;     ///< by sender
};

Equations equations_of(const ServiceNetwork& network, const std::vector<bool>& active) {
    Equations equations{
        .network = network, .sender = {}, .row = std::vector<std::uint32_t>(network.senders)};
    for (std::size_t s = 0; s < network.senders; ++s) {
        if (active[s]) {
            equations.row[s] = static_cast<std::uint32_t>(equations.sender.size());
            equations.sender.push_back(static_cast<std::uint32_t>(s));
        }
    }
    return equations;
}

/// Calls `visit(from row, to row, share)` for every service among the senders.
template <class Visit>
void for_each_service(const Equations& equations, const Visit& visit) {
    const ServiceNetwork& network = equations.network;
    for (std::size_t from = 0; from < equations.sender.size(); ++from) {
        const std::size_t s = equations.sender[from];
        if (network.own_share[s] > 0) {
            visit(from, from, network.own_share[s]);
        }
        for (std::size_t e = network.first_edge[s]; e < network.first_edge[s + 1]; ++e) {
            if (network.target[e] < network.senders) {
                visit(from, std::size_t{equations.row[network.target[e]]}, network.share[e]);
            }
        }
    }
}

Matrix matrix_of(const Equations& equations) {
    const auto size = static_cast<Eigen::Index>(equations.sender.size());
    Matrix matrix = Matrix::Identity(size, size);
    for_each_service(equations, [&](std::size_t from, std::size_t to, std::int64_t share) {
        matrix(static_cast<Eigen::Index>(to), static_cast<Eigen::Index>(from)) -=
            std::ldexp(static_cast<double>(share), -kShareBits);
    });
    return matrix;
}

/// rest += (Q - I) x, in units 2^-56 of those of x. False when 128 bits don't hold it.
bool add_remainder(const Equations& equations, const FineColumn& x, FineColumn& rest) {
    bool fits = true;
    for (std::size_t row = 0; row < x.size(); ++row) {
        const Int128 whole = x[row] * (Int128{1} << kShareBits);
        fits = fits && !__builtin_sub_overflow(rest[row], whole, &rest[row]);
    }
    for_each_service(equations, [&](std::size_t from, std::size_t to, std::int64_t share) {
        fits = fits && !__builtin_add_overflow(rest[to], x[from] * share, &rest[to]);
    });
    return fits;
}

/// One column of unknowns, in whole units, and the exact remainder of its equations in 2^-56 units.
struct Refined {
    FineColumn x;
    FineColumn given;  ///< right-hand side, in 2^-56 units
    FineColumn rest;
};

class Refinement {
  public:
    explicit Refinement(const Equations& equations)
        : equations_(equations), factors_(matrix_of(equations)) {}

    /// Whether the equations are tame enough for 53 bits to point the way.
    [[nodiscard]] bool is_tame() const {
        const Matrix gain = factors_.solve(Matrix::Ones(factors_.rows(), 1));
        return gain.allFinite() && gain.cwiseAbs().maxCoeff() < kMostGain;
    }

    /// Corrects all columns until no correction is as large as a unit. False if that never comes,
    /// or if an unknown reaches `bound`.
    [[nodiscard]] bool refine(std::vector<Refined>& columns, double bound) const {
        for (int round = 0; round < kMostRounds; ++round) {
            for (Refined& column : columns) {
                column.rest = column.given;
                if (!add_remainder(equations_, column.x, column.rest)) {
                    return false;
                }
            }
            const Matrix steps = factors_.solve(rests_of(columns));
            if (!steps.allFinite()) {
                return false;
            }
            const double largest = steps.cwiseAbs().maxCoeff();
            if (largest < 1) {
                return true;
            }
            if (largest >= 2 * bound || !take(steps, bound, columns)) {
                return false;
            }
        }
        return false;
    }

  private:
    [[nodiscard]] Matrix rests_of(const std::vector<Refined>& columns) const {
        Matrix rests(factors_.rows(), static_cast<Eigen::Index>(columns.size()));
        for (std::size_t c = 0; c < columns.size(); ++c) {
            for (std::size_t row = 0; row < columns[c].rest.size(); ++row) {
                rests(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)) =
                    std::ldexp(static_cast<double>(columns[c].rest[row]), -kShareBits);
            }
        }
        return rests;
    }

    [[nodiscard]] static bool take(const Matrix& steps, double bound,
                                   std::vector<Refined>& columns) {
        bool fits = true;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            for (std::size_t row = 0; row < columns[c].x.size(); ++row) {
                Int128& x = columns[c].x[row];
                x += static_cast<Int128>(
                    std::rint(steps(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c))));
                fits = fits && std::fabs(static_cast<double>(x)) < bound;
            }
        }
        return fits;
    }

    const Equations& equations_;
    Eigen::PartialPivLU<Matrix> factors_;
};

/// fine + tiny rounded half away from zero to fine units, where nearly one half is one half.
Int128 settled(Int128 fine, Int128 tiny) {
    const Int128 unit = Int128{1} << kTinyBits;
    const Int128 half = unit / 2;
    Int128 floor = tiny >= 0 ? tiny / unit : -((-tiny + unit - 1) / unit);
    const Int128 fraction = tiny - floor * unit;
    floor += fine;
    const Int128 off = fraction - half;
    if (off > kHalfWindow || (off >= -kHalfWindow && floor >= 0)) {
        return floor + 1;
    }
    return floor;
}

/// The same unknowns again in tiny units, counted from the fine ones.
std::vector<Refined> magnified(const std::vector<Refined>& columns) {
    std::vector<Refined> tiny(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        tiny[c].x.assign(columns[c].x.size(), 0);
        for (const Int128 rest : columns[c].rest) {
            tiny[c].given.push_back(rest * (Int128{1} << kTinyBits));
        }
    }
    return tiny;
}

}  // namespace

std::optional<std::vector<FineColumn>> gross_totals(const ServiceNetwork& network,
                                                    const std::vector<bool>& active,
                                                    const std::vector<FenColumn>& held) {
    const Equations equations = equations_of(network, active);
    std::vector<FineColumn> totals(held.size(), FineColumn(network.senders));
    if (equations.sender.empty()) {
        return totals;
    }
    std::vector<Refined> fine(held.size());
    for (std::size_t c = 0; c < held.size(); ++c) {
        fine[c].x.assign(equations.sender.size(), 0);
        for (const std::uint32_t sender : equations.sender) {
            fine[c].given.push_back(Int128{held[c][sender]} *
                                    (Int128{1} << (kFineBits + kShareBits)));
        }
    }
    const Refinement refinement(equations);
    if (!refinement.is_tame() || !refinement.refine(fine, kMostFine)) {
        return std::nullopt;
    }
    std::vector<Refined> tiny = magnified(fine);
    if (!refinement.refine(tiny, 0x1p44)) {
        return std::nullopt;
    }
    for (std::size_t c = 0; c < held.size(); ++c) {
        for (std::size_t row = 0; row < equations.sender.size(); ++row) {
            totals[c][equations.sender[row]] = settled(fine[c].x[row], tiny[c].x[row]);
        }
    }
    return totals;
}

}  // namespace yuanliu::costing

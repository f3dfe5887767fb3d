"""Tests whether counts changed between two stretches of days by more than they drift anyway.

Topics come in waves that last for days, and a wire story is printed by many sources at once, so counts vary far more
than independent articles would. How much they do is learned from the same comparison at times about which nothing is
asked, over all topics together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betaln, gammaln

from flows.trends.statistics import Flags, Floats, Integers

# Variances of the logarithm of the ratio of two rates that are considered, from none to a factor of twelve.
DRIFTS: Final = np.array([1e-4, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4])
_ROUNDS: Final = 100
_PRIOR_TOPICS: Final = 3  # the weight of the assumption, in topics, that a drift is rarer the larger it is
_MANY: Final = 1.5  # times the expected articles
_LARGEST_SHARE: Final = 0.95  # of the greatest possible variance of a share


@dataclass(frozen=True, slots=True)
class Stretches:
    """Articles per topic in one stretch of days (`inside`) and in it and the one it is compared with (`both`);
    `share` is the part of the exposure, such as source days, that lies inside, between 0 and 1."""

    inside: Integers
    both: Integers
    share: float

    @classmethod
    def of(cls, counts: Integers, exposure: Integers | Floats, part: slice | Flags) -> Stretches:
        """`part` of the columns of `counts` (topics x days or weeks) against the rest; `exposure` is one per column."""
        return cls(counts[:, part].sum(axis=1), counts.sum(axis=1), float(exposure[part].sum() / exposure.sum()))

    def ratio(self, drift: Floats) -> tuple[Floats, Floats, Floats]:
        """The rate inside divided by that outside, half an article added to each, and its 95 % interval, widened by the
        `drift` of each topic."""
        inside, outside = self.inside + 0.5, self.both - self.inside + 0.5
        ratio = inside / outside * (1 - self.share) / self.share
        width = np.exp(1.96 * np.sqrt(1 / inside + 1 / outside + drift))
        return ratio, ratio / width, ratio * width


@dataclass(frozen=True, slots=True)
class Change:
    """Per topic: the one-sided p-values of more and of fewer articles inside, and the variance of the logarithm of the
    ratio of the two rates that drift alone explains."""

    more: Floats
    fewer: Floats
    drift: Floats


def change(asked: Stretches, quiet: Sequence[Stretches], weight: float = 1.0) -> Change:
    """Whether each topic changed in `asked`, given how the same topics changed in the `quiet` stretches; each of these
    counts as `weight` comparisons, less than one where they overlap.

    Given the articles of both stretches, those inside are beta-binomial (Skellam 1948): the count model in which rates
    vary. Each topic's variance has a prior estimated over all topics (empirical Bayes; Efron 2010, chapter 6), and the
    p-value, mid-p (Lancaster 1961), is the mean over what it may be.
    """
    if not len(asked.both):
        return Change(np.zeros(0), np.zeros(0), np.zeros(0))
    likelihood = np.zeros((len(DRIFTS), len(asked.both)))
    for one in (one for one in quiet if 0 < one.share < 1):
        likelihood += weight * _each_drift(_log_probability, one)
    posterior = _posterior(likelihood)
    half = np.exp(_each_drift(_log_probability, asked)) / 2
    more = np.clip((posterior * (_each_drift(_above, asked) + half)).sum(axis=0), 0, 1)
    return Change(more, 1 - more, DRIFTS @ posterior)


def _each_drift(law: Callable[[Stretches, float], Floats], stretches: Stretches) -> Floats:
    """The law at each drift (rows) for each topic; most topics are rare and have the counts of others."""
    inside, both = stretches.inside, stretches.both
    key, back = np.unique(inside * (int(both.max()) + 1) + both, return_inverse=True)
    different = Stretches(*np.divmod(key, int(both.max()) + 1), stretches.share)
    return np.array([law(different, drift) for drift in DRIFTS])[:, back]


def _log_probability(stretches: Stretches, drift: float) -> Floats:
    """The logarithm of the beta-binomial probability of `inside` articles out of `both`."""
    inside, both = stretches.inside, stretches.both
    a, b = _beta(stretches.share, drift)
    choose = gammaln(both + 1) - gammaln(inside + 1) - gammaln(both - inside + 1)
    return np.asarray(choose + betaln(inside + a, both - inside + b) - betaln(a, b))


def _beta(share: float, drift: float) -> tuple[float, float]:
    """The beta distribution of the share whose log odds have about the variance `drift`."""
    size = 1 / min(_LARGEST_SHARE, share * (1 - share) * drift) - 1
    return share * size, (1 - share) * size


def _above(asked: Stretches, drift: float) -> Floats:
    """The probability of more than `inside` articles. Of many articles, the larger counts are summed, which is exact
    where they are rare; else the others, which are fewer."""
    is_many = asked.inside > _MANY * asked.share * asked.both
    first, last = np.where(is_many, asked.inside + 1, 0), np.where(is_many, asked.both, asked.inside)
    summed = _between(first, last, asked, drift)
    return np.where(is_many, summed, 1 - summed)


def _between(first: Integers, last: Integers, asked: Stretches, drift: float) -> Floats:
    """The probability of a count from `first` to `last`, from tables of log gamma, because scipy's own sum runs value
    by value."""
    a, b = _beta(asked.share, drift)
    n = np.arange(int(asked.both.max()) + 2)
    plain, left, right, total = gammaln(n + 1), gammaln(n + a), gammaln(n + b), gammaln(n + a + b)
    terms = last - first + 1
    ends = np.cumsum(terms)
    row = np.repeat(np.arange(len(terms)), terms)
    count = first[row] + np.arange(len(row)) - (ends - terms)[row]
    both = asked.both[row]
    logs = plain[both] - plain[count] - plain[both - count] + left[count] + right[both - count] - total[both]
    return np.bincount(row, np.exp(logs - betaln(a, b)), minlength=len(terms)).astype(np.float64)


def _posterior(likelihood: Floats) -> Floats:
    """The probability of each drift (rows) for each topic; the prior over all topics maximizes the likelihood (EM)."""
    likely = np.exp(likelihood - likelihood.max(axis=0))
    assumed = np.exp(-1.5 * np.sqrt(DRIFTS))[:, None]
    prior = assumed / assumed.sum()
    assumed *= _PRIOR_TOPICS / assumed.sum()
    for _ in range(_ROUNDS):
        posterior = likely * prior
        posterior /= posterior.sum(axis=0)
        summed = posterior.sum(axis=1, keepdims=True) + assumed
        prior = summed / summed.sum()
    return np.asarray(posterior)

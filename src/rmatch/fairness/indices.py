r"""How unequally something good is spread over people: the classical indices of inequality.

All of them look at `n` amounts :math:`x_1, \ldots, x_n \ge 0` with the mean :math:`\mu > 0`, do not change when all
amounts are multiplied by one number or everybody is counted twice, and fall when somebody with more gives to somebody
with less. Adding a constant to everybody changes them: they are for points, never for costs.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.validation import number, refuse, seen


def gini(amounts: ArrayLike) -> float:
    r"""Return the Gini index.

    .. math:: G = \frac{\sum_{i,k} |x_i - x_k|}{2 n^2 \mu}

    It is 0 where all have the same and :math:`1 - 1/n` where one has everything. Whole amounts are summed exactly, in
    :math:`O(n \log\, n)`. Source: Gini, *Variabilità e mutabilità*, 1912; in English Ceriani and Verme,
    :doi:`10.1007/s10888-011-9188-x`.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; none negative, not all zero.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> gini([1, 2, 3, 4])
    0.25
    """
    x = np.sort(_checked(amounts))
    people = len(x)
    # In ascending order the amount number i is the larger one of i - 1 pairs and the smaller one of n - i.
    times = 2 * np.arange(1, people + 1) - people - 1
    return math.fsum((times * x).tolist()) / (people * math.fsum(x.tolist()))


def jain(amounts: ArrayLike) -> float:
    r"""Return Jain's index of fairness.

    .. math:: J = \frac{(\sum_i x_i)^2}{n \sum_i x_i^2} = \frac{1}{1 + \mathrm{CV}^2}

    It is 1 where all have the same and :math:`1/n` where one has everything. Source: Jain, Chiu and Hawe, *A
    quantitative measure of fairness and discrimination for resource allocation*, DEC-TR-301, 1984.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; none negative, not all zero.

    Returns
    -------
    float
        From 0 to 1; the larger, the more equal.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> round(jain([1, 2, 3, 4]), 6)
    0.833333
    """
    return 1 / _mean(_shares(amounts) ** 2)


def atkinson(amounts: ArrayLike, aversion: float) -> float:
    r"""Return Atkinson's index: the part of the total that equality would be worth.

    .. math:: A_\varepsilon = 1 - \frac{1}{\mu} \Bigl(\frac{1}{n} \sum_i x_i^{1-\varepsilon}\Bigr)^{1/(1-\varepsilon)},
       \qquad A_1 = 1 - \frac{1}{\mu} \Bigl(\prod_i x_i\Bigr)^{1/n}

    If all had the same, a total smaller by the part `A` would be as good. The aversion :math:`\varepsilon` says how much
    inequality is minded; from 1 on the index is 1 as soon as somebody has nothing, which is its limit. Source:
    Atkinson, :doi:`10.1016/0022-0531(70)90039-6`.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; none negative, not all zero.
    aversion : float
        Above 0.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> round(atkinson([1, 2, 3, 4], 2), 6)
    0.232
    """
    if number("atkinson", "aversion", aversion, 0) or not aversion:
        problem, remedy = f"{seen(aversion)}", "give a number above 0"
        raise InvalidInputError([Fault("atkinson", "aversion", problem, remedy)])
    shares = _shares(amounts)
    if aversion >= 1 and not shares.all():
        return 1.0
    if aversion == 1:
        return 1 - math.exp(_mean(np.log(shares)))
    power = 1 - aversion
    return 1 - math.pow(_mean(shares**power), 1 / power)


def generalised_entropy(amounts: ArrayLike, order: float) -> float:
    r"""Return the generalised entropy index, which splits into a part within and a part between groups.

    .. math:: \mathrm{GE}_\alpha = \frac{1}{n \alpha (\alpha - 1)} \sum_i \Bigl[\bigl(\tfrac{x_i}{\mu}\bigr)^\alpha - 1\Bigr],
       \quad \mathrm{GE}_1 = \frac{1}{n} \sum_i \tfrac{x_i}{\mu} \ln \tfrac{x_i}{\mu},
       \quad \mathrm{GE}_0 = -\frac{1}{n} \sum_i \ln \tfrac{x_i}{\mu}

    Order 0 is the mean logarithmic deviation, order 1 Theil's index, order 2 half the squared coefficient of variation.
    Source: Shorrocks, :doi:`10.2307/1913126`.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; none negative, not all zero, and none zero for an order of 0 or less.
    order : float
        The smaller, the more the poorest count.

    Returns
    -------
    float
        0 where all have the same, else above.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> round(generalised_entropy([1, 2, 3, 4], 2), 6)
    0.1
    """
    shares = _shares(amounts)
    refuse(number("generalised_entropy", "order", order))
    if order <= 0 and not shares.all():
        fault = Fault("index", "amounts", "somebody has nothing", "take an order above 0")
        raise InvalidInputError([fault])
    if order == 0:
        return -_mean(np.log(shares))
    if order == 1:
        # x ln x goes to 0 with x.
        logarithms = np.log(np.where(shares > 0, shares, 1))
        return _mean(shares * logarithms)
    return _mean(shares**order - 1) / (order * (order - 1))


def theil(amounts: ArrayLike) -> float:
    """Return Theil's index, the generalised entropy of order 1.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; none negative, not all zero.

    Returns
    -------
    float
        From 0 to the logarithm of the number of people.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> round(theil([1, 2, 3, 4]), 6)
    0.10644
    """
    return generalised_entropy(amounts, 1)


def mean_log_deviation(amounts: ArrayLike) -> float:
    """Return the mean logarithmic deviation, the generalised entropy of order 0.

    Parameters
    ----------
    amounts : array_like of float, shape (people,)
        What each has; all above zero.

    Returns
    -------
    float
        0 where all have the same, else above.

    Raises
    ------
    InvalidInputError
        Where the index is not defined.

    Examples
    --------
    >>> round(mean_log_deviation([1, 2, 3, 4]), 6)
    0.121777
    """
    return generalised_entropy(amounts, 0)


def _shares(amounts: ArrayLike) -> NDArray[np.float64]:
    """Return what each has, in multiples of the mean."""
    x = _checked(amounts)
    return x / _mean(x)


def _mean(x: NDArray[np.float64]) -> float:
    # `fsum` rounds once, so that the order of the people does not matter.
    return math.fsum(x.tolist()) / len(x)


def _checked(amounts: ArrayLike) -> NDArray[np.float64]:
    try:
        x = np.asarray(amounts, np.float64)
    except (TypeError, ValueError):
        fault = Fault("index", "amounts", "are not all numbers", "give one for each person")
        raise InvalidInputError([fault]) from None
    refuse(_faults(x))
    return x


def _faults(x: NDArray[np.float64]) -> list[Fault]:
    if x.ndim != 1 or not len(x):
        problem, remedy = "there are no amounts", "give one for each person"
    elif not np.isfinite(x).all():
        problem, remedy = "an amount is not a finite number", "leave out who has none"
    elif (x < 0).any():
        problem, remedy = "an amount is negative", "use points of 0 and more"
    elif not x.any():
        problem, remedy = "nobody has anything", "an index compares shares of a total above 0"
    else:
        return []
    return [Fault("index", "amounts", problem, remedy)]

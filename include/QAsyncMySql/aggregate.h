// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    The fields of an aggregate (a struct without constructors), counted and taken apart: what to<Struct>()
    is made of.
*/

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace QAsyncMySql::Internal {

//! Stands for a value of any type in an initializer that is never evaluated.
struct AnyField
{
    template <class T> operator T &() const &noexcept;
    template <class T> operator T &&() const &&noexcept;
};

template <std::size_t> using AnyFieldAt = AnyField;

template <class T, std::size_t... I> constexpr bool takesFields(std::index_sequence<I...>)
{
    return requires
    {
        T{std::declval<AnyFieldAt<I>>()...};
    };
}

inline constexpr std::size_t MaxFields = 24;

//! How many fields the aggregate T has; arrays count by their elements and are not supported.
template <class T, std::size_t N = MaxFields> constexpr std::size_t fieldCount()
{
    if constexpr (N == 0)
        return 0;
    else if constexpr (takesFields<T>(std::make_index_sequence<N>()))
        return N;
    else
        return fieldCount<T, N - 1>();
}

//! References to the fields of \a value, in their order.
template <class T> constexpr auto fieldsOf(T &value) noexcept
{
    constexpr std::size_t Count = fieldCount<std::remove_cv_t<T>>();
    if constexpr (Count == 1) {
        auto &[a] = value;
        return std::tie(a);
    } else if constexpr (Count == 2) {
        auto &[a, b] = value;
        return std::tie(a, b);
    } else if constexpr (Count == 3) {
        auto &[a, b, c] = value;
        return std::tie(a, b, c);
    } else if constexpr (Count == 4) {
        auto &[a, b, c, d] = value;
        return std::tie(a, b, c, d);
    } else if constexpr (Count == 5) {
        auto &[a, b, c, d, e] = value;
        return std::tie(a, b, c, d, e);
    } else if constexpr (Count == 6) {
        auto &[a, b, c, d, e, f] = value;
        return std::tie(a, b, c, d, e, f);
    } else if constexpr (Count == 7) {
        auto &[a, b, c, d, e, f, g] = value;
        return std::tie(a, b, c, d, e, f, g);
    } else if constexpr (Count == 8) {
        auto &[a, b, c, d, e, f, g, h] = value;
        return std::tie(a, b, c, d, e, f, g, h);
    } else if constexpr (Count == 9) {
        auto &[a, b, c, d, e, f, g, h, i] = value;
        return std::tie(a, b, c, d, e, f, g, h, i);
    } else if constexpr (Count == 10) {
        auto &[a, b, c, d, e, f, g, h, i, j] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j);
    } else if constexpr (Count == 11) {
        auto &[a, b, c, d, e, f, g, h, i, j, k] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k);
    } else if constexpr (Count == 12) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
    } else if constexpr (Count == 13) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
    } else if constexpr (Count == 14) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    } else if constexpr (Count == 15) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    } else if constexpr (Count == 16) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
    } else if constexpr (Count == 17) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
    } else if constexpr (Count == 18) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
    } else if constexpr (Count == 19) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
    } else if constexpr (Count == 20) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t);
    } else if constexpr (Count == 21) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u);
    } else if constexpr (Count == 22) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v);
    } else if constexpr (Count == 23) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w);
    } else if constexpr (Count == 24) {
        auto &[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x] = value;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x);
    } else {
        static_assert(Count > 0 && Count <= MaxFields,
                      "The struct has no fields, or too many; read it as a Q_GADGET.");
    }
}

} // namespace QAsyncMySql::Internal

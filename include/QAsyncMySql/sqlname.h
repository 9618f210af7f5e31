// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace QAsyncMySql::Sql {

/*!
    The name of a table, a column or an alias as a template argument: \c{Column<"users", "id", quint64>}.

    \since 1.0
*/
template <std::size_t Size> class Name
{
public:
    constexpr Name(const char (&name)[Size]) noexcept { std::copy_n(name, Size, text); }
    constexpr std::string_view view() const noexcept { return {text, Size - 1}; }
    template <std::size_t Other> constexpr bool operator==(const Name<Other> &other) const noexcept
    {
        return view() == other.view();
    }

    char text[Size]{}; // public, as a template argument demands
};

} // namespace QAsyncMySql::Sql

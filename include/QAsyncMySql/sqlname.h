// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <algorithm>
#include <array>
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

namespace Internal {

//! \a Parts as SQL has them, in backticks and with points between them: put together by the compiler.
template <Name... Parts> class QuotedName
{
public:
    static constexpr std::string_view view() noexcept { return {Code.data(), Code.size()}; }

private:
    static constexpr std::size_t size() noexcept
    {
        return (std::size_t(std::ranges::count(Parts.view(), '`')) + ...) + (Parts.view().size() + ...)
            + 3 * sizeof...(Parts) - 1;
    }
    static constexpr auto quoted() noexcept
    {
        std::array<char, size()> code{};
        char *to = code.data();
        const auto put = [&](std::string_view name) {
            if (to != code.data())
                *to++ = '.';
            *to++ = '`';
            for (const char c : name) {
                *to++ = c;
                if (c == '`')
                    *to++ = c;
            }
            *to++ = '`';
        };
        (put(Parts.view()), ...);
        return code;
    }
    static constexpr auto Code = quoted();
};

} // namespace Internal

} // namespace QAsyncMySql::Sql

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/valuedecoder.h>

namespace QAsyncMySql::Internal {

//! A number as a column holds it.
struct Number
{
    enum class Kind : quint8
    {
        Signed,
        Unsigned,
        Real
    };

    static Number of(qint64 value) noexcept
    {
        Number number;
        number.integer = value;
        return number;
    }
    static Number of(quint64 value) noexcept
    {
        Number number;
        number.kind = Kind::Unsigned;
        number.natural = value;
        return number;
    }
    static Number of(double value) noexcept
    {
        Number number;
        number.kind = Kind::Real;
        number.real = value;
        return number;
    }
    double toDouble() const noexcept
    {
        return kind == Kind::Real ? real : kind == Kind::Signed ? double(integer) : double(natural);
    }

    Kind kind = Kind::Signed;
    bool single = false; //!< a Real that came as a float
    union
    {
        qint64 integer = 0;
        quint64 natural;
        double real;
    };
    QByteArrayView text; //!< of a Real that came as text: all its digits
};

//! The number in \a cell: of columns of numbers, and of texts that are one.
DecodeStatus readNumber(const Cell &cell, Number &number) noexcept;

} // namespace QAsyncMySql::Internal

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    For the library's own headers: how a statement gets another clause.
*/

#include <utility>

//! A clause can be added to a statement that is kept, which gives another one, or to a temporary, whose
//! memory is used again. \a call is what is done to the statement's m_builder.
#define QASYNCMYSQL_CLAUSE(signature, call)                                                                  \
    signature const &                                                                                        \
    {                                                                                                        \
        auto copy = *this;                                                                                   \
        copy.m_builder.call;                                                                                 \
        return copy;                                                                                         \
    }                                                                                                        \
    signature &&                                                                                             \
    {                                                                                                        \
        m_builder.call;                                                                                      \
        return std::move(*this);                                                                             \
    }

//! The same where the clause changes what the statement gives, and with it its type: \a call is a call of a
//! static function, which is given the builder before the other arguments.
#define QASYNCMYSQL_RETYPING_CLAUSE(signature, function, ...)                                                \
    signature const &                                                                                        \
    {                                                                                                        \
        return function(decltype(m_builder)(m_builder), __VA_ARGS__);                                        \
    }                                                                                                        \
    signature &&                                                                                             \
    {                                                                                                        \
        return function(std::move(m_builder), __VA_ARGS__);                                                  \
    }

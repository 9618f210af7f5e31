// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/dialect.h>
#include <QAsyncMySql/parameters.h>

#include <QtCore/QByteArray>

#include <initializer_list>
#include <span>
#include <string_view>

namespace QAsyncMySql::Sql {

//! How tightly a piece of SQL holds together (MySQL manual, "Operator Precedence"); the tightest last.
enum class Precedence : quint8
{
    List, //!< pieces with commas between them: always in parentheses inside of something
    Or,
    Xor,
    And,
    Not,
    Comparison,
    BitOr,
    BitAnd,
    Shift,
    Sum,
    Product,
    BitXor,
    Unary,
    Primary, //!< a name, a value, a call, something in parentheses
};

namespace Internal {
class Operand;
enum class Token : quint8;
} // namespace Internal

/*!
    A piece of SQL with the values of its placeholders: what all expressions and statements of this
    namespace are made of.

    The text is SQL, with \c{?} for each value. What servers write differently stands in it as a mark, which
    becomes text when the server is known (see SqlStatement). A value; copies share their memory.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Fragment
{
public:
    Fragment() noexcept { }
    explicit Fragment(QByteArray code, Precedence precedence = Precedence::Primary) noexcept
        : m_code(std::move(code))
        , m_precedence(precedence)
    {
    }
    Fragment(QByteArray code, Parameters parameters, Precedence precedence) noexcept
        : m_code(std::move(code))
        , m_parameters(std::move(parameters))
        , m_precedence(precedence)
    {
    }

    bool isEmpty() const noexcept { return m_code.isEmpty(); }
    //! SQL in UTF-8; a byte 0xFF and the one behind it stand for what depends on the server.
    const QByteArray &code() const noexcept { return m_code; }
    const Parameters &parameters() const noexcept { return m_parameters; }
    Precedence precedence() const noexcept { return m_precedence; }
    void setPrecedence(Precedence precedence) noexcept { m_precedence = precedence; }

    //! Makes room for \a bytes of code and for \a values, so that it grows in one piece.
    Fragment &reserve(qsizetype bytes, qsizetype values = 0);
    Fragment &append(std::string_view code);
    //! \a other as it is, without parentheses.
    Fragment &append(const Fragment &other);
    Fragment &append(Fragment &&other);
    //! In parentheses if it holds together less tightly than \a precedence.
    Fragment &append(const Internal::Operand &operand, Precedence precedence);
    Fragment &append(Internal::Token token);
    //! A name in backticks.
    Fragment &appendName(std::string_view name);
    Fragment &appendValue(Parameter value);
    //! A statement with this fragment is not sent; \a why names the fault.
    Fragment &fail(const QString &why);

private:
    friend class Internal::Operand;
    QByteArray m_code;
    Parameters m_parameters;
    Precedence m_precedence = Precedence::Primary;
};

namespace Internal {

/*!
    What an operator or a function is given: a column, a piece of SQL, or a value.

    Lives as long as a call, and is written once: what was a temporary or a value is handed over.
*/
class QASYNCMYSQL_EXPORT Operand
{
public:
    //! \a name is in backticks already.
    explicit Operand(std::string_view name) noexcept
        : m_name(name)
    {
    }
    Operand(const Fragment &fragment) noexcept
        : m_fragment(&fragment)
    {
    }
    Operand(Fragment &&fragment) noexcept
        : m_fragment(&fragment)
        , m_movable(true)
    {
    }
    explicit Operand(Parameter &&value) noexcept
        : m_value(std::move(value))
        , m_isValue(true)
    {
    }

    bool isEmpty() const noexcept { return m_fragment && m_fragment->isEmpty(); }
    Precedence precedence() const noexcept
    {
        return m_fragment ? m_fragment->precedence() : Precedence::Primary;
    }
    //! As the beginning of a longer piece; takes the memory of a temporary.
    Fragment begin(Precedence precedence) const;
    void appendTo(Fragment &fragment) const;

private:
    std::string_view m_name;
    const Fragment *m_fragment = nullptr;
    mutable Parameter m_value;
    bool m_movable = false;
    bool m_isValue = false;
};

//! \a left, \a name (with its blanks) and \a right. An empty side gives the other one.
QASYNCMYSQL_EXPORT Fragment binary(const Operand &left, std::string_view name, Precedence precedence,
                                   const Operand &right);
QASYNCMYSQL_EXPORT Fragment prefix(std::string_view name, Precedence precedence, const Operand &operand);
QASYNCMYSQL_EXPORT Fragment postfix(const Operand &operand, std::string_view name);
//! NAME(a, b, …)
QASYNCMYSQL_EXPORT Fragment call(std::string_view name, std::initializer_list<Operand> arguments);
//! a BETWEEN b AND c
QASYNCMYSQL_EXPORT Fragment between(const Operand &operand, std::string_view name, const Operand &low,
                                    const Operand &high);
//! a IN (b, c, …); of nothing, FALSE, and TRUE for NOT IN.
QASYNCMYSQL_EXPORT Fragment inList(const Operand &operand, bool negated, std::span<const Operand> values);
QASYNCMYSQL_EXPORT Fragment inValues(const Operand &operand, bool negated, const Parameters &values);
//! Text of the program's own, whose placeholders stand for \a values.
QASYNCMYSQL_EXPORT Fragment raw(QAnyStringView sql, const Parameters &values);

} // namespace Internal

} // namespace QAsyncMySql::Sql

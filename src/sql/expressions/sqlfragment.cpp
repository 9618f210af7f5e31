// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlfragment.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/token.h"
#include "sql/lexer.h"
#include "values/parameterextra.h"

#include <cstring>

namespace QAsyncMySql::Sql {

namespace {

// Enough for most pieces, so that they are put together without growing.
constexpr qsizetype UsualSize = 96;
constexpr qsizetype UsualValues = 4;

template <std::size_t Size> void copyEnds(char *to, std::string_view text)
{
    std::memcpy(to, text.data(), Size);
    std::memcpy(to + text.size() - Size, text.data() + text.size() - Size, Size);
}

//! SQL is put together of many small pieces. For those, calling memcpy() costs more than what it does.
void copyPiece(char *to, std::string_view text)
{
    const std::size_t size = text.size();
    if (size > 32)
        std::memcpy(to, text.data(), size);
    else if (size >= 16)
        copyEnds<16>(to, text);
    else if (size >= 8)
        copyEnds<8>(to, text);
    else if (size >= 4)
        copyEnds<4>(to, text);
    else if (size >= 2)
        copyEnds<2>(to, text);
    else if (size == 1)
        *to = text.front();
}

//! Room for \a size bytes more, to be written.
char *room(QByteArray &code, std::size_t size)
{
    const qsizetype at = code.size();
    code.resize(at + qsizetype(size));
    return code.data() + at;
}

bool isWord(std::string_view name)
{
    return name.size() > 1 && name[1] >= 'A' && name[1] <= 'Z';
}

} // namespace

Fragment &Fragment::reserve(qsizetype bytes, qsizetype values)
{
    m_code.reserve(bytes);
    if (values > 0)
        m_parameters.reserve(values);
    return *this;
}

Fragment &Fragment::append(std::string_view code)
{
    copyPiece(room(m_code, code.size()), code);
    return *this;
}

Fragment &Fragment::append(const Fragment &other)
{
    if (&other == this)
        return append(Fragment(other));
    append(std::string_view(other.m_code.constData(), size_t(other.m_code.size())));
    if (m_parameters.isEmpty())
        m_parameters = other.m_parameters;
    else
        m_parameters.append(other.m_parameters);
    return *this;
}

Fragment &Fragment::append(Fragment &&other)
{
    append(std::string_view(other.m_code.constData(), size_t(other.m_code.size())));
    if (m_parameters.isEmpty())
        m_parameters = std::move(other.m_parameters);
    else
        m_parameters.append(std::move(other.m_parameters));
    return *this;
}

Fragment &Fragment::append(const Internal::Operand &operand, Precedence precedence)
{
    const bool wrapped = operand.precedence() < precedence;
    if (wrapped)
        m_code.append('(');
    operand.appendTo(*this);
    if (wrapped)
        m_code.append(')');
    return *this;
}

Fragment &Fragment::append(Internal::Token token)
{
    const char mark[] = {Internal::TokenMark, char(token)};
    m_code.append(mark, sizeof(mark));
    return *this;
}

Fragment &Fragment::appendName(std::string_view name)
{
    if (name.find('`') == name.npos) [[likely]] {
        char *to = room(m_code, name.size() + 2);
        *to++ = '`';
        copyPiece(to, name);
        to[name.size()] = '`';
        return *this;
    }
    m_code.append('`');
    for (const char c : name)
        append(c == '`' ? std::string_view("``") : std::string_view(&c, 1));
    m_code.append('`');
    return *this;
}

Fragment &Fragment::appendValue(Parameter value)
{
    *room(m_code, 1) = '?';
    if (m_parameters.isEmpty())
        m_parameters.reserve(UsualValues);
    m_parameters.append(std::move(value));
    return *this;
}

Fragment &Fragment::fail(const QString &why)
{
    // An invalid value keeps a statement from being sent, and says why.
    return appendValue(Parameter::invalid(StatementFault + why));
}

namespace Internal {

Fragment Operand::begin(Precedence precedence) const
{
    Fragment fragment;
    if (m_movable) {
        // The temporary that was given is not looked at again: so says whoever gave it.
        fragment = std::move(const_cast<Fragment &>(*m_fragment));
        if (fragment.precedence() < precedence) {
            fragment.m_code.prepend('(');
            fragment.m_code.append(')');
        }
    } else if (precedence == Precedence::List && m_fragment) {
        fragment = *m_fragment;
    } else if (precedence == Precedence::List && m_isValue) {
        fragment.appendValue(std::move(m_value));
    } else {
        fragment.reserve(m_fragment ? m_fragment->code().size() + UsualSize : UsualSize);
        fragment.append(*this, precedence);
    }
    fragment.m_precedence = precedence == Precedence::List ? this->precedence() : precedence;
    return fragment;
}

void Operand::appendTo(Fragment &fragment) const
{
    if (m_movable) {
        fragment.append(std::move(const_cast<Fragment &>(*m_fragment)));
    } else if (m_fragment) {
        fragment.append(*m_fragment);
    } else if (m_isValue) {
        fragment.appendValue(std::move(m_value));
    } else {
        fragment.append(m_name);
    }
}

Fragment binary(const Operand &left, std::string_view name, Precedence precedence, const Operand &right)
{
    if (left.isEmpty())
        return right.begin(Precedence::List);
    if (right.isEmpty())
        return left.begin(Precedence::List);
    // AND and OR may follow each other; all others are read from the left, and comparisons not at all.
    const auto next = Precedence(quint8(precedence) + 1);
    Fragment fragment = left.begin(precedence == Precedence::Comparison ? next : precedence);
    fragment.append(name);
    const bool chain = precedence == Precedence::And || precedence == Precedence::Or;
    const bool primary = precedence == Precedence::Comparison && isWord(name); // LIKE takes no more
    fragment.append(right, primary ? Precedence::Primary : chain ? precedence : next);
    fragment.setPrecedence(precedence);
    return fragment;
}

Fragment prefix(std::string_view name, Precedence precedence, const Operand &operand)
{
    // What is in parentheses means the same with HIGH_NOT_PRECEDENCE, and "--" would begin a comment.
    Fragment fragment;
    fragment.append(name).append(operand, Precedence::Primary);
    fragment.setPrecedence(precedence);
    return fragment;
}

Fragment postfix(const Operand &operand, std::string_view name)
{
    Fragment fragment = operand.begin(Precedence::BitOr);
    fragment.append(name);
    fragment.setPrecedence(Precedence::Comparison);
    return fragment;
}

Fragment call(std::string_view name, std::initializer_list<Operand> arguments)
{
    Fragment fragment;
    fragment.reserve(UsualSize).append(name).append("(");
    appendArguments(fragment, arguments);
    return fragment.append(")");
}

Fragment between(const Operand &operand, std::string_view name, const Operand &low, const Operand &high)
{
    Fragment fragment = operand.begin(Precedence::BitOr);
    fragment.append(name).append(low, Precedence::BitOr).append(" AND ").append(high, Precedence::BitOr);
    fragment.setPrecedence(Precedence::Comparison);
    return fragment;
}

namespace {

// SQL has no empty list. That nothing is in it needs no server to tell.
Fragment ofNothing(bool negated)
{
    return Fragment(negated ? QByteArrayLiteral("TRUE") : QByteArrayLiteral("FALSE"));
}

} // namespace

Fragment inList(const Operand &operand, bool negated, std::span<const Operand> values)
{
    if (values.empty())
        return ofNothing(negated);
    Fragment fragment = operand.begin(Precedence::BitOr);
    fragment.append(negated ? " NOT IN (" : " IN (");
    for (const Operand &value : values) {
        if (&value != values.data())
            fragment.append(", ");
        value.appendTo(fragment);
    }
    fragment.append(")").setPrecedence(Precedence::Comparison);
    return fragment;
}

Fragment inValues(const Operand &operand, bool negated, const Parameters &values)
{
    if (values.isEmpty())
        return ofNothing(negated);
    Fragment fragment = operand.begin(Precedence::BitOr);
    fragment.append(negated ? " NOT IN (" : " IN (");
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0)
            fragment.append(", ");
        fragment.appendValue(values.at(i));
    }
    fragment.append(")").setPrecedence(Precedence::Comparison);
    return fragment;
}

Fragment raw(QAnyStringView sql, const Parameters &values)
{
    using QAsyncMySql::Internal::Lexer;
    const QByteArray text = sql.toString().toUtf8();
    qsizetype placeholders = 0;
    Lexer lexer(text);
    for (auto token = lexer.next(); token != Lexer::Token::End; token = lexer.next()) {
        if (token == Lexer::Token::Placeholder)
            ++placeholders;
    }
    // In parentheses by whoever puts it beside something: what it is made of is not known here.
    Fragment fragment(text, values, Precedence::List);
    if (placeholders != values.size()) {
        return fragment.fail(
            QStringLiteral("the raw SQL \"%1\" has %2 placeholders, and %3 values were given")
                .arg(QString::fromUtf8(text.left(100)))
                .arg(placeholders)
                .arg(values.size()));
    }
    return fragment;
}

} // namespace Internal

} // namespace QAsyncMySql::Sql

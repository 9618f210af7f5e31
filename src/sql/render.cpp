// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/render.h"

#include "sql/lexer.h"
#include "sql/literal.h"
#include "values/binaryparameters.h"
#include "values/bytetail.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace QAsyncMySql::Internal {

namespace {

Error usage(const QString &message)
{
    return Error(Error::Kind::Usage, message);
}

struct Placeholder
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QString name; // empty for "?"
};

// Where the server, too, sees placeholders; or the reason why nobody can say.
Result<std::vector<Placeholder>> findPlaceholders(QByteArrayView sql, const RenderOptions &options,
                                                  bool named)
{
    std::vector<Placeholder> found;
    Lexer lexer(sql, {options.isSqlModeKnown(), options.noBackslashEscapes(), options.ansiQuotes()});
    for (auto token = lexer.next(); token != Lexer::Token::End; token = lexer.next()) {
        if (token == Lexer::Token::Placeholder) {
            if (named)
                return usage(
                    QStringLiteral("The parameters have names, and the statement has a \"?\" besides; "
                                   "use either :name or ? throughout."));
            found.push_back({lexer.begin(), lexer.end(), {}});
        } else if (named && token == Lexer::Token::Named) {
            found.push_back({lexer.begin(), lexer.end(), QString::fromUtf8(lexer.text().sliced(1))});
        }
    }
    const quint8 ambiguity = lexer.ambiguity();
    if (ambiguity & Lexer::Unterminated)
        return usage(QStringLiteral("The statement has a quote or a comment that does not end."));
    if (ambiguity & Lexer::ExecutableComment)
        return usage(QStringLiteral(
            "The statement has a comment that some servers execute (/*! or /*M!), so its "
            "placeholders cannot be told; leave it out, or use execute() with ? placeholders."));
    if (ambiguity & Lexer::DollarQuotes)
        return usage(QStringLiteral(
            "The statement has a $$ or $tag$, which some servers read as the beginning of a quoted "
            "text; put names that begin with $ in backticks."));
    if (ambiguity & Lexer::Quotes)
        return usage(QStringLiteral(
            "Where a quoted text of the statement ends hangs on sql_mode, because of a "
            "backslash before a quote; double the quote instead, or pass the text as a parameter."));
    return found;
}

bool hasNames(const Parameters &parameters)
{
    return std::any_of(parameters.begin(), parameters.end(),
                       [](const Parameter &p) { return !p.name().isEmpty(); });
}

Error wrongNumber(qsizetype placeholders, qsizetype parameters)
{
    return usage(QStringLiteral("The statement has %1 placeholders, and %2 parameters were given.")
                     .arg(placeholders)
                     .arg(parameters));
}

//! For each placeholder, the index of its parameter.
Result<QList<qsizetype>> match(const std::vector<Placeholder> &placeholders, const Parameters &parameters,
                               bool named)
{
    QList<qsizetype> order;
    order.reserve(qsizetype(placeholders.size()));
    if (!named) {
        if (qsizetype(placeholders.size()) != parameters.size())
            return wrongNumber(qsizetype(placeholders.size()), parameters.size());
        for (qsizetype i = 0; i < parameters.size(); ++i)
            order.append(i);
        return order;
    }
    QStringList names;
    for (const Parameter &parameter : parameters) {
        const QString name = parameter.name();
        if (name.isEmpty())
            return usage(QStringLiteral("Some parameters have names and some have none; name all or none."));
        if (names.contains(name))
            return usage(QStringLiteral("Two parameters are named \"%1\".").arg(name));
        names.append(name);
    }
    std::vector<bool> used(size_t(names.size()), false);
    for (const Placeholder &placeholder : placeholders) {
        const qsizetype index = names.indexOf(placeholder.name);
        if (index < 0)
            return usage(QStringLiteral("There is no parameter for :%1; given are: %2.")
                             .arg(placeholder.name, names.join(QStringLiteral(", "))));
        used[size_t(index)] = true;
        order.append(index);
    }
    const auto unused = std::find(used.begin(), used.end(), false);
    if (unused != used.end())
        return usage(
            QStringLiteral("The statement has no placeholder :%1.").arg(names.at(unused - used.begin())));
    return order;
}

// Between a literal and what stands beside it without a space: "-?" with -1 must not become a comment.
bool needsSpace(char beside)
{
    switch (beside) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '(':
    case ')':
    case ',':
    case '=':
    case '<':
    case '>':
    case ';':
        return false;
    default:
        return true;
    }
}

//! \a sql with \a write(parameter index) in the place of each placeholder.
template <class Write>
QByteArray assemble(QByteArrayView sql, const std::vector<Placeholder> &placeholders,
                    const QList<qsizetype> &order, qsizetype extraSize, Write &&write)
{
    QByteArray out;
    out.reserve(sql.size() + extraSize);
    qsizetype from = 0;
    for (size_t i = 0; i < placeholders.size(); ++i) {
        const Placeholder &placeholder = placeholders[i];
        out.append(sql.sliced(from, placeholder.begin - from));
        if (!out.isEmpty() && needsSpace(out.back()))
            out.append(' ');
        write(out, order.at(qsizetype(i)));
        if (placeholder.end < sql.size() && needsSpace(sql[placeholder.end]))
            out.append(' ');
        from = placeholder.end;
    }
    return out.append(sql.sliced(from));
}

} // namespace

Result<QByteArray> renderStatement(QByteArrayView sql, const Parameters &parameters,
                                   const RenderOptions &options)
{
    if (parameters.isEmpty())
        return sql.toByteArray();
    if (const Error error = checkHeldParameters(parameters); error.isError())
        return error;
    const bool named = hasNames(parameters);
    const auto placeholders = findPlaceholders(sql, options, named);
    if (!placeholders)
        return placeholders.error();
    const auto order = match(*placeholders, parameters, named);
    if (!order)
        return order.error();
    qsizetype size = 0;
    for (const Parameter &parameter : parameters)
        size += parameter.bytesView().size() + 24;
    return assemble(sql, *placeholders, *order, size,
                    [&](QByteArray &out, qsizetype index) { appendLiteral(out, parameters.at(index)); });
}

StatementTemplate::StatementTemplate(const QByteArray &sql)
    : m_sql(sql)
{
    const auto placeholders = findPlaceholders(sql, {}, false);
    if (!placeholders) {
        m_error = placeholders.error();
        return;
    }
    qsizetype from = 0;
    for (const Placeholder &placeholder : *placeholders) {
        QByteArray piece = sql.sliced(from, placeholder.begin - from);
        if (from > 0 && needsSpace(sql[from]))
            piece.prepend(' ');
        if (!piece.isEmpty() && needsSpace(piece.back()))
            piece.append(' ');
        m_pieces.append(piece);
        from = placeholder.end;
    }
    QByteArray last = sql.sliced(from);
    if (from > 0 && !last.isEmpty() && needsSpace(last.front()))
        last.prepend(' ');
    m_pieces.append(last);
    for (const QByteArray &piece : std::as_const(m_pieces))
        m_piecesSize += piece.size();
}

Error StatementTemplate::appendTo(QByteArray &to, const Parameters &parameters) const
{
    if (parameters.isEmpty() || hasNames(parameters)) {
        const Result<QByteArray> rendered = renderStatement(m_sql, parameters);
        if (rendered)
            to.append(*rendered);
        return rendered.error();
    }
    if (m_error)
        return m_error;
    if (const Error error = checkParameters(parameters))
        return error;
    if (m_pieces.size() != parameters.size() + 1)
        return wrongNumber(m_pieces.size() - 1, parameters.size());
    qsizetype room = m_piecesSize;
    for (const Parameter &parameter : parameters)
        room += literalRoom(parameter);
    ByteTail tail(to, room);
    const auto write = [&tail](QByteArrayView piece) {
        std::memcpy(tail.at, piece.data(), size_t(piece.size()));
        tail.at += piece.size();
    };
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        write(m_pieces.at(i));
        tail.at = writeLiteral(tail.at, parameters.at(i));
    }
    write(m_pieces.last());
    return {};
}

Result<PreparedText> prepareStatement(QByteArrayView sql, const Parameters &parameters,
                                      const RenderOptions &options)
{
    if (const Error error = checkParameters(parameters); error.isError())
        return error;
    const bool named = hasNames(parameters);
    const bool lists = std::any_of(parameters.begin(), parameters.end(),
                                   [](const Parameter &p) { return p.kind() == Parameter::Kind::List; });
    if (!named && !lists)
        return PreparedText{sql.toByteArray(), parameters};
    const auto placeholders = findPlaceholders(sql, options, named);
    if (!placeholders)
        return placeholders.error();
    const auto order = match(*placeholders, parameters, named);
    if (!order)
        return order.error();
    PreparedText text;
    text.sql = assemble(sql, *placeholders, *order, 0, [&](QByteArray &out, qsizetype index) {
        const Parameter &parameter = parameters.at(index);
        if (parameter.kind() != Parameter::Kind::List) {
            out.append('?');
            text.parameters.append(parameter);
            return;
        }
        for (const Parameter &value : parameter.list()) {
            out.append(out.endsWith('?') ? ", ?" : "?");
            text.parameters.append(value);
        }
    });
    return text;
}

std::optional<qsizetype> countPlaceholders(QByteArrayView sql)
{
    const auto placeholders = findPlaceholders(sql, {}, false);
    return placeholders ? std::optional(qsizetype(placeholders->size())) : std::nullopt;
}

Result<NamedStatement> rewriteNamed(QByteArrayView sql, const RenderOptions &options)
{
    const auto placeholders = findPlaceholders(sql, options, true);
    if (!placeholders)
        return placeholders.error();
    NamedStatement statement;
    QList<qsizetype> order;
    for (const Placeholder &placeholder : *placeholders) {
        order.append(order.size());
        statement.names.append(placeholder.name);
    }
    statement.sql
        = assemble(sql, *placeholders, order, 0, [](QByteArray &out, qsizetype) { out.append('?'); });
    return statement;
}

Result<QString> renderForUser(QAnyStringView sql, const Parameters &parameters)
{
    const Result<QByteArray> rendered = renderStatement(sql.toString().toUtf8(), parameters);
    if (!rendered)
        return rendered.error();
    return QString::fromUtf8(*rendered);
}

} // namespace QAsyncMySql::Internal

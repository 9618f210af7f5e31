// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What reads text that may come from anywhere: URLs, statements, scripts, numbers, times.

#include "fuzztarget.h"

#include "client/loginfile.h"
#include "client/migrations/schemastate.h"
#include "client/optionreader.h"
#include "client/tlspins.h"
#include "client/xastate.h"
#include "sql/excerpt.h"
#include "sql/lexer.h"
#include "sql/multirow.h"
#include "sql/render.h"

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/resultinfo.h>
#include <QAsyncMySql/script.h>
#include <QAsyncMySql/sql.h>
#include <QAsyncMySql/sqltime.h>

using namespace QAsyncMySql;
using Internal::Lexer;
using Test::FuzzTarget;
using Test::require;

namespace {

const FuzzTarget url("url", [](QByteArrayView input) {
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(QString::fromUtf8(input));
    if (!options)
        return;
    ConnectOptions open = *options;
    open.setPassword(Secret());
    const Result<ConnectOptions> again = ConnectOptions::fromUrl(options->toUrl());
    require(again.hasValue() || options->validate().error().isError(), "toUrl() can be read");
    require(open.toString() == options->toString() && open.toUrl() == options->toUrl(),
            "the password is not shown");
});

const FuzzTarget loginFile("login_file", [](QByteArrayView input) {
    const Result<QByteArray> text = Internal::decodeLoginFile(input);
    require(text || text.error().kind() == Error::Kind::Usage, "what is no login file is a Usage error");
});

const FuzzTarget options("options_text", [](QByteArrayView input) {
    const auto lines = Internal::optionLinesIn(input, QStringLiteral("my.cnf"), {QStringLiteral("client")});
    if (!lines)
        return;
    ConnectOptions read;
    const Result<void> applied = Internal::applyOptionLines(read, *lines);
    require(applied || applied.error().kind() == Error::Kind::Usage, "what is no option is a Usage error");
    require(applied || read == ConnectOptions(), "an error changes nothing");
});

const FuzzTarget lexer("lexer", [](QByteArrayView input) {
    Lexer lex(input);
    qsizetype at = 0;
    for (;;) {
        const Lexer::Token token = lex.next();
        require(lex.begin() == at, "no byte is left out");
        if (token == Lexer::Token::End)
            break;
        require(lex.end() > at, "each piece has a byte at least");
        at = lex.end();
    }
    require(at == input.size(), "all bytes are read");
});

//! The parameters: text that is hard to quote, and a number.
const FuzzTarget render("render", [](QByteArrayView input) {
    const QByteArrayView nasty = input.first(std::min<qsizetype>(input.size(), 16));
    const Parameters parameters = Internal::makeParameters(QString::fromUtf8(nasty), -1);
    const Result<QByteArray> text = Internal::renderStatement(input, parameters);
    require(text || text.error().kind() == Error::Kind::Usage, "what cannot be put in is a Usage error");
});

/* A value never leaves its literal: between the brackets that stand around it the lexer finds no bracket and
   no end of the statement, whatever the value is, and whether backslashes escape or not. */
const FuzzTarget literal("literal", [](QByteArrayView input) {
    const Parameters parameters = Internal::makeParameters(QString::fromUtf8(input));
    const Result<QByteArray> text = Internal::renderStatement("[?]", parameters);
    if (!text)
        return;
    Lexer lex(*text);
    int brackets = 0;
    for (Lexer::Token token = lex.next(); token != Lexer::Token::End; token = lex.next()) {
        if (token == Lexer::Token::Other && (lex.text() == "[" || lex.text() == "]"))
            ++brackets;
        require(token != Lexer::Token::Semicolon && token != Lexer::Token::Comment, "a value is no SQL");
    }
    require(brackets == 2, "a value stays in its literal");
    require(!(lex.ambiguity() & Lexer::Quotes), "a literal means the same in every sql_mode");
});

const FuzzTarget named("named_placeholders", [](QByteArrayView input) {
    const Result<Internal::NamedStatement> statement = Internal::rewriteNamed(input);
    if (statement)
        require(statement->sql.count('?') >= statement->names.size(), "there is a placeholder for each name");
});

const FuzzTarget prepared("prepared_statement", [](QByteArrayView input) {
    const Result<Internal::PreparedText> statement = Internal::prepareStatement(
        input, Internal::makeParameters(InList(QList<int>{1, 2, 3}), QStringLiteral("x")));
    require(statement || statement.error().kind() == Error::Kind::Usage,
            "what cannot be prepared is a Usage error");
});

const FuzzTarget script("script", [](QByteArrayView input) {
    for (const QByteArrayView statement : splitStatements(input)) {
        require(!statement.isEmpty(), "no statement is empty");
        require(statement.begin() >= input.begin() && statement.end() <= input.end(),
                "statements are parts of the script");
    }
});

const FuzzTarget identifier("identifier", [](QByteArrayView input) {
    const Result<QString> quoted = quoteIdentifier(QString::fromUtf8(input));
    if (!quoted)
        return;
    const QByteArray utf8 = quoted->toUtf8();
    Lexer lex(utf8);
    require(lex.next() == Lexer::Token::Identifier && lex.end() == utf8.size(), "an identifier is one");
});

const FuzzTarget decimal("decimal_text", [](QByteArrayView input) {
    const std::optional<Decimal> value = Decimal::fromUtf8(input);
    if (value)
        require(Decimal::fromString(value->toString()) == value, "what is printed can be read");
});

const FuzzTarget time("time_text", [](QByteArrayView input) {
    const std::optional<SqlTime> value = SqlTime::fromString(QString::fromUtf8(input));
    if (value)
        require(SqlTime::fromString(value->toString()) == value, "what is printed can be read");
});

//! What is put together again has the placeholders of what was cut.
const FuzzTarget multiRow("multi_row", [](QByteArrayView input) {
    const QByteArray sql = input.toByteArray();
    const std::optional<Internal::MultiRowTemplate> cut = Internal::multiRowTemplate(sql);
    if (!cut)
        return;
    require(cut->row.startsWith('(') && cut->row.endsWith(')'), "a row stands in parentheses");
    require(sql.startsWith(cut->head) && sql.contains(cut->row) && sql.endsWith(cut->tail),
            "the parts are parts of the statement");
    Lexer lex(cut->row);
    int depth = 0;
    for (Lexer::Token token = lex.next(); token != Lexer::Token::End; token = lex.next()) {
        require(token != Lexer::Token::Semicolon, "a row is no other statement");
        if (token == Lexer::Token::Other)
            depth += lex.text() == "(" ? 1 : lex.text() == ")" ? -1 : 0;
        require(depth > 0 || lex.end() == cut->row.size(), "a row is one pair of parentheses");
    }
});

const FuzzTarget excerpt("excerpt", [](QByteArrayView input) {
    const QString shown = Internal::sqlExcerpt(QString::fromUtf8(input), 60);
    require(shown.size() <= 61, "an excerpt is short");
    require(!shown.contains(u'\n'), "an excerpt is one line");
    require(shown.isValidUtf16(), "no character is cut");
});

const FuzzTarget resultInfo("result_info", [](QByteArrayView input) {
    const QString text = QString::fromUtf8(input);
    const ResultInfo info = ResultInfo::fromText(text);
    require(!info.changed || text.contains(u"Changed"), "what was not said is not known");
});

const FuzzTarget tlsPin("tls_pin", [](QByteArrayView input) {
    const Internal::TlsPin pin(QString::fromUtf8(input));
    require(pin.isNull() || input.size() >= 50, "a pin is 32 bytes, in base64 or hexadecimal");
});

const FuzzTarget xa("xa_state", [](QByteArrayView input) {
    const QString sql = QString::fromUtf8(input);
    Internal::XaState state;
    state.note(sql, true, true);
    require(!state.isOpen() || sql.contains(u"xa", Qt::CaseInsensitive), "only XA begins such a transaction");
    state.note(sql, false, false);
});

//! What SHOW CREATE TABLE gives, before a NUL and behind it.
const FuzzTarget schemaState("schema_state", [](QByteArrayView input) {
    const qsizetype half = std::max<qsizetype>(0, input.indexOf('\0'));
    const QString before = QString::fromUtf8(input.first(half));
    const QString now = QString::fromUtf8(input.sliced(half));
    Internal::SchemaState first;
    first.addTable(QStringLiteral("t"), before);
    Internal::SchemaState second;
    second.addTable(QStringLiteral("t"), now);
    require(first.changesSince(first).isEmpty(), "nothing differs from itself");
    require(Internal::SchemaState::fromJson(first.toJson()).changesSince(first).isEmpty(),
            "what is written can be read");
    second.changesSince(first);
    Internal::SchemaState::fromJson(input.toByteArray()).changesSince(first);
});

} // namespace

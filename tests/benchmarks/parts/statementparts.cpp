// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/parts/part.h"

#include "client/bulkwriter.h"
#include "client/resultgatherer.h"
#include "sql/lexer.h"
#include "sql/literal.h"
#include "sql/multirow.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

#include <chrono>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;

namespace Parts {

namespace {

const QByteArray Statement
    = "SELECT id, a, b FROM t WHERE id = ? AND b = ? -- what was asked\n ORDER BY `d` LIMIT 10";

Parameters fiveValues()
{
    using namespace std::chrono;
    return makeParameters(4711, 1000002, std::string("it's row \\4711"), 673.0,
                          local_days(year(2024) / 5 / 7) + hours(12) + microseconds(123'000));
}

Work lexing()
{
    return [](qint64 count) {
        for (; count > 0; --count) {
            Lexer lexer(Statement);
            while (lexer.next() != Lexer::Token::End)
                use(lexer.begin());
        }
    };
}

Work rendering()
{
    return [values = makeParameters(123456, QStringLiteral("o'clock"))](qint64 count) {
        for (; count > 0; --count)
            use(renderStatement(Statement, values));
    };
}

Work literals()
{
    return [values = fiveValues(), to = QByteArray()](qint64 count) mutable {
        to.reserve(1000);
        for (; count > 0; --count) {
            to.resize(0);
            for (const Parameter &value : values)
                appendLiteral(to, value);
            use(to);
        }
    };
}

Work encoding()
{
    return [values = fiveValues()](qint64 count) {
        for (; count > 0; --count)
            use(encodeExecuteParameters(values));
    };
}

Work makingParameters()
{
    return [](qint64 count) {
        for (; count > 0; --count)
            use(fiveValues());
    };
}

//! Rows of an INSERT, put together until they are all said.
Work bulk()
{
    return [](qint64 count) {
        qint64 left = count;
        BulkWriter writer(
            "INSERT INTO ins VALUES (?,?,?,?,?)",
            [&left]() -> std::optional<Parameters> {
                if (left-- == 0)
                    return {};
                return fiveValues();
            },
            BulkOptions());
        ResultGatherer gatherer(1 << 20);
        QByteArray text;
        use(writer.peek(text));
        writer.setMaxPacket(1 << 24);
        writer.useMultiRow(*multiRowTemplate("INSERT INTO ins VALUES (?,?,?,?,?)"));
        while (!writer.atEnd())
            use(writer.next(gatherer));
    };
}

} // namespace

std::vector<Part> statementParts()
{
    return {
        {"lexer", "statement", lexing},
        {"statement with two literals", "statement", rendering},
        {"five literals", "row", literals},
        {"five parameters made", "row", makingParameters},
        {"five binary parameters", "row", encoding},
        {"bulk of rows", "row", bulk},
    };
}

} // namespace Parts

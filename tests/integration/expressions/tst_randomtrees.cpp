// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/live.h"
#include "unit/expressions/shop.h"

#include <QtCore/QRandomGenerator>

#include <array>
#include <functional>
#include <memory>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::numbers;

namespace {

using Value = std::optional<qint64>; // of SQL: a number, a truth value, or NULL
using Number = Expr<std::optional<qint64>>;

struct NumbersRow
{
    int id;
    qint64 a;
    Value b;
};
constexpr NumbersRow Rows[] = {
    {1, 0, 0},     {2, 1, -1},  {3, -1, {}},    {4, 2, 3},         {5, 7, 7},
    {6, -128, 64}, {7, 255, 2}, {8, 1'000, {}}, {9, -99'999, 100}, {10, 123'456, -654'321},
};

// Results stay where double, DECIMAL and BIGINT agree, whatever a server calculates in.
constexpr qint64 Limit = qint64(1) << 45;

//! A tree twice: as an expression, and as a function that calculates it by the rules of SQL.
struct Tree
{
    Number sql;
    std::function<Value(const NumbersRow &)> evaluate;
};

Value truth(bool value)
{
    return value ? 1 : 0;
}

Value logicalAnd(Value x, Value y)
{
    if ((x && *x == 0) || (y && *y == 0))
        return 0;
    return x && y ? Value(1) : Value();
}

Value logicalOr(Value x, Value y)
{
    if ((x && *x != 0) || (y && *y != 0))
        return 1;
    return x && y ? Value(0) : Value();
}

Value logicalNot(Value x)
{
    return x ? truth(*x == 0) : Value();
}

template <class F> Value both(Value x, Value y, F &&f)
{
    return x && y ? Value(f(*x, *y)) : Value();
}

//! A truth value as a number: bool expressions count as such in SQL.
template <class T> Number number(Expr<T> condition)
{
    return Number(std::move(condition).takeFragment());
}

class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    //! A tree whose values stay within the limit in all rows.
    Tree next()
    {
        for (;;) {
            Tree tree = make(1 + int(m_random.bounded(5)));
            if (isTame(tree))
                return tree;
        }
    }

private:
    static bool isTame(const Tree &tree)
    {
        for (const NumbersRow &row : Rows) {
            const Value value = tree.evaluate(row);
            if (value && (*value > Limit || *value < -Limit))
                return false;
        }
        return true;
    }

    //! A subtree that is tame by itself, so that what is made of two of them does not overflow here.
    Tree child(int depth)
    {
        for (;;) {
            Tree tree = make(depth - 1);
            if (isTame(tree))
                return tree;
        }
    }

    Tree leaf()
    {
        switch (m_random.bounded(4)) {
        case 0:
            return {Number(Expr<qint64>(Sql::Internal::fragment(numbers.a))),
                    [](const NumbersRow &row) { return Value(row.a); }};
        case 1:
            return {Number(Sql::Internal::fragment(numbers.b)), [](const NumbersRow &row) { return row.b; }};
        case 2: {
            const qint64 constant = qint64(m_random.bounded(200)) - 100;
            return {Number(value(constant)), [constant](const NumbersRow &) { return Value(constant); }};
        }
        default:
            return {Number(Expr<qint64>(Sql::Internal::fragment(numbers.id))),
                    [](const NumbersRow &row) { return Value(row.id); }};
        }
    }

    Tree make(int depth)
    {
        if (depth <= 0)
            return leaf();
        const int kind = int(m_random.bounded(32));
        const Tree x = child(depth);
        const Tree y = child(depth);
        const auto f = x.evaluate;
        const auto g = y.evaluate;
        // A binary operator: C++ and SQL side by side.
        const auto pair = [&](Number sql, auto &&calculate) {
            return Tree{std::move(sql),
                        [f, g, calculate](const NumbersRow &row) { return both(f(row), g(row), calculate); }};
        };
        switch (kind) {
        case 0:
            return pair(x.sql + y.sql, [](qint64 a, qint64 b) { return a + b; });
        case 1:
            return pair(x.sql - y.sql, [](qint64 a, qint64 b) { return a - b; });
        case 2: {
            if (!productFits(x, y))
                return pair(x.sql - y.sql, [](qint64 a, qint64 b) { return a - b; });
            return pair(x.sql * y.sql, [](qint64 a, qint64 b) { return a * b; });
        }
        case 3:
            return {intDiv(x.sql, y.sql), [f, g](const NumbersRow &row) {
                        const Value a = f(row), b = g(row);
                        return a && b && *b != 0 ? Value(*a / *b) : Value();
                    }};
        case 4:
            return {x.sql % y.sql, [f, g](const NumbersRow &row) {
                        const Value a = f(row), b = g(row);
                        return a && b && *b != 0 ? Value(*a % *b) : Value();
                    }};
        case 5:
            return {-x.sql, [f](const NumbersRow &row) {
                        const Value a = f(row);
                        return a ? Value(-*a) : a;
                    }};
        case 6:
            return pair(cast<qint64>(x.sql & y.sql), [](qint64 a, qint64 b) { return a & b; });
        case 7:
            return pair(cast<qint64>(x.sql | y.sql), [](qint64 a, qint64 b) { return a | b; });
        case 8:
            return pair(cast<qint64>(x.sql ^ y.sql), [](qint64 a, qint64 b) { return a ^ b; });
        case 9:
            return {cast<qint64>(~x.sql), [f](const NumbersRow &row) {
                        const Value a = f(row);
                        return a ? Value(~*a) : a;
                    }};
        case 10: {
            const int bits = int(m_random.bounded(4));
            return {cast<qint64>(x.sql << bits), [f, bits](const NumbersRow &row) {
                        const Value a = f(row);
                        return a ? Value(qint64(quint64(*a) << bits)) : a;
                    }};
        }
        case 11:
            return pair(number(x.sql == y.sql), [](qint64 a, qint64 b) { return qint64(a == b); });
        case 12:
            return pair(number(x.sql != y.sql), [](qint64 a, qint64 b) { return qint64(a != b); });
        case 13:
            return pair(number(x.sql < y.sql), [](qint64 a, qint64 b) { return qint64(a < b); });
        case 14:
            return pair(number(x.sql <= y.sql), [](qint64 a, qint64 b) { return qint64(a <= b); });
        case 15:
            return pair(number(x.sql > y.sql), [](qint64 a, qint64 b) { return qint64(a > b); });
        case 16:
            return pair(number(x.sql >= y.sql), [](qint64 a, qint64 b) { return qint64(a >= b); });
        case 17:
            return {number(x.sql && y.sql),
                    [f, g](const NumbersRow &row) { return logicalAnd(f(row), g(row)); }};
        case 18:
            return {number(x.sql || y.sql),
                    [f, g](const NumbersRow &row) { return logicalOr(f(row), g(row)); }};
        case 19:
            return pair(number(logicalXor(x.sql, y.sql)),
                        [](qint64 a, qint64 b) { return qint64((a != 0) != (b != 0)); });
        case 20:
            return {number(!x.sql), [f](const NumbersRow &row) { return logicalNot(f(row)); }};
        case 21:
            return {number(x.sql.isNull()), [f](const NumbersRow &row) { return truth(!f(row)); }};
        case 22:
            return {number(x.sql.isNotNull()),
                    [f](const NumbersRow &row) { return truth(f(row).has_value()); }};
        case 23:
            return {number(x.sql.is(y.sql)),
                    [f, g](const NumbersRow &row) { return truth(f(row) == g(row)); }};
        case 24:
        case 25: {
            const Tree z = child(depth);
            const auto h = z.evaluate;
            const auto within = [f, g, h](const NumbersRow &row) {
                const Value a = f(row), low = g(row), high = h(row);
                return logicalAnd(both(a, low, [](qint64 p, qint64 q) { return qint64(p >= q); }),
                                  both(a, high, [](qint64 p, qint64 q) { return qint64(p <= q); }));
            };
            if (kind == 24)
                return {number(x.sql.between(y.sql, z.sql)), within};
            return {number(x.sql.notBetween(y.sql, z.sql)),
                    [within](const NumbersRow &row) { return logicalNot(within(row)); }};
        }
        case 26:
        case 27: {
            const Tree z = child(depth);
            const auto h = z.evaluate;
            const auto among = [f, g, h](const NumbersRow &row) {
                const auto equal = [](qint64 p, qint64 q) { return qint64(p == q); };
                return logicalOr(both(f(row), g(row), equal), both(f(row), h(row), equal));
            };
            if (kind == 26)
                return {number(x.sql.in(y.sql, z.sql)), among};
            return {number(x.sql.notIn(y.sql, z.sql)),
                    [among](const NumbersRow &row) { return logicalNot(among(row)); }};
        }
        case 28: {
            const Tree z = child(depth);
            const auto h = z.evaluate;
            return {caseWhen(x.sql, y.sql).otherwise(z.sql), [f, g, h](const NumbersRow &row) {
                        const Value a = f(row);
                        return a && *a != 0 ? g(row) : h(row);
                    }};
        }
        case 29:
            return {coalesce(x.sql, y.sql), [f, g](const NumbersRow &row) {
                        const Value a = f(row);
                        return a ? a : g(row);
                    }};
        case 30:
            return {nullIf(x.sql, y.sql), [f, g](const NumbersRow &row) {
                        const Value a = f(row), b = g(row);
                        return a && b && *a == *b ? Value() : a;
                    }};
        default:
            return pair(greatest(x.sql, y.sql), [](qint64 a, qint64 b) { return qMax(a, b); });
        }
    }

    static bool productFits(const Tree &x, const Tree &y)
    {
        for (const NumbersRow &row : Rows) {
            const Value a = x.evaluate(row), b = y.evaluate(row);
            if (a && b && *a != 0 && qAbs(*b) > Limit / qAbs(*a))
                return false;
        }
        return true;
    }

    QRandomGenerator m_random;
};

} // namespace

/*
    Random expressions, calculated by the server and here.
*/
class tst_RandomTrees : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithTheServer_data() { ServerMatrix::addRows(); }
    void agreeWithTheServer();
};

void tst_RandomTrees::agreeWithTheServer()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("randomtrees"));
    QVERIFY2(schema.setUp({QString::fromLatin1(Shop::Numbers<>::definition)}), qPrintable(schema.error()));
    for (const NumbersRow &row : Rows) {
        const auto insert = insertInto(numbers).set(numbers.id = row.id, numbers.a = row.a, numbers.b = row.b,
                                                    numbers.d = 0.5);
        VERIFY_OK(await(schema.connection.run(StatementProtocol::Prepared, insert.statement().text(),
                                              insert.statement().parameters())));
    }

    constexpr int Batch = 5; // trees in one select
    bool given = false;
    int count = qEnvironmentVariableIntValue("QASYNCMYSQL_TREES", &given);
    if (!given)
        count = 10'000;
    Generator generator(20261127);
    int nulls = 0;
    for (int round = 0; round < count / Batch; ++round) {
        std::vector<Tree> trees;
        for (int i = 0; i < Batch; ++i)
            trees.push_back(generator.next());
        const auto query = select(numbers.id, trees[0].sql.as<"t0">(), trees[1].sql.as<"t1">(),
                                  trees[2].sql.as<"t2">(), trees[3].sql.as<"t3">(), trees[4].sql.as<"t4">())
                               .from(numbers)
                               .orderBy(numbers.id);
        const SqlStatement statement = query.statement();
        // In turn in both protocols: values as literals, and as parameters.
        const auto protocol = round % 2 ? StatementProtocol::Text : StatementProtocol::Prepared;
        const auto result = await(schema.connection.run(protocol, statement.text(), statement.parameters()));
        QVERIFY2(result, qPrintable(QString(result.error().toString() % u'\n' % statement.text())));
        QCOMPARE(result->size(), qsizetype(std::size(Rows)));
        for (int line = 0; line < int(std::size(Rows)); ++line) {
            const Row row = result->at(line);
            for (int i = 0; i < Batch; ++i) {
                const Result<Value> actual = row.tryGet<Value>(i + 1);
                VERIFY_OK(actual);
                const Value expected = trees[size_t(i)].evaluate(Rows[line]);
                nulls += !expected;
                if (*actual != expected) {
                    const SqlStatement single(trees[size_t(i)].sql.fragment());
                    QFAIL(
                        qPrintable(QStringLiteral("%1 in row %2 gives %3, and should give %4")
                                       .arg(render(single.text(), single.parameters()).value())
                                       .arg(line + 1)
                                       .arg(*actual ? QString::number(**actual) : QStringLiteral("NULL"),
                                            expected ? QString::number(*expected) : QStringLiteral("NULL"))));
                }
            }
        }
    }
    QVERIFY(nulls > count / 10); // NULL is where the rules are
    QVERIFY(nulls < count * int(std::size(Rows)) / 2);
}

QTEST_GUILESS_MAIN(tst_RandomTrees)
#include "tst_randomtrees.moc"

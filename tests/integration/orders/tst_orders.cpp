// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/live.h"

#include <orderservice.h>

#include <QAsyncMySql/migrations.h>

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;

/*
    The order-entry example as a service, its migrations, and the tool that made its types.
*/
class tst_Orders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void service_data() { ServerMatrix::addRows(); }
    void service();
    void competing_data() { ServerMatrix::addRows(); }
    void competing();
    void program_data() { ServerMatrix::addRows(); }
    void program();
    void generatedTypes_data() { ServerMatrix::addRows(); }
    void generatedTypes();
    void tool_data() { ServerMatrix::addRows(); }
    void tool();

private:
    bool setUp(LiveSchema &schema);
    template <class T, class F> Result<T> wait(F &&start);
    QString stock(LiveSchema &schema);
    static QString url(const MatrixServer &live, const LiveSchema &schema)
    {
        QUrl result = live.url();
        result.setPath(QString(u'/' + schema.name()));
        return result.toString(QUrl::FullyEncoded);
    }
    //! Runs a program; its output, or its errors with the exit code before them.
    static QString output(const char *program, const QStringList &arguments);
};

bool tst_Orders::setUp(LiveSchema &schema)
{
    const auto migrations = Migrations::fromDirectory(QStringLiteral(":/migrations"));
    if (!migrations || !await(migrations->migrate(schema.connection)))
        return false;
    const auto products = insertInto(Shop::products)
                              .columns(Shop::products.id, Shop::products.name, Shop::products.price,
                                       Shop::products.stock, Shop::products.discontinued)
                              .row(1, u"100% wool", Decimal::fromString(u"19.99").value(), 5, nullptr)
                              .row(2, u"Needles", Decimal(3), 100, nullptr)
                              .row(3, u"Old yarn", Decimal(1), 7, QDate(2020, 1, 1));
    return await(schema.connection.execute(products)).hasValue();
}

template <class T, class F> Result<T> tst_Orders::wait(F &&start)
{
    std::optional<Result<T>> result;
    start([&result](const Result<T> &given) { result = given; });
    (void)QTest::qWaitFor([&result] { return result.has_value(); }, 30'000);
    return result ? *result : Result<T>(Error(Error::Kind::Timeout, QStringLiteral("TEST: no answer")));
}

QString tst_Orders::stock(LiveSchema &schema)
{
    const auto rows = await(schema.connection.execute(
        select(Shop::products.stock).from(Shop::products).orderBy(Shop::products.id)));
    QStringList list;
    if (rows) {
        for (const auto &row : *rows)
            list.append(QString::number(row[Shop::products.stock]));
    }
    return list.join(u' ');
}

void tst_Orders::service()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("orders"));
    QVERIFY(setUp(schema));
    Pool pool(schema.options());
    OrderService service(pool);

    const auto ada = wait<quint32>([&](auto done) {
        service.saveCustomer(QStringLiteral("Ada"), QStringLiteral("ada@example.org"), done);
    });
    VERIFY_OK(ada);
    const auto same = wait<quint32>([&](auto done) {
        service.saveCustomer(QStringLiteral("Ada L."), QStringLiteral("ada@example.org"), done);
    });
    VERIFY_OK(same);
    QCOMPARE(*same, *ada);

    ProductFilter filter;
    QCOMPARE(await(service.findProducts(filter)).value().size(), 2);
    filter.name = QStringLiteral("0% w");
    filter.upTo = Decimal(20);
    filter.inStock = true;
    const auto found = await(service.findProducts(filter));
    VERIFY_OK(found);
    QCOMPARE(found->one().value()[Shop::products.name], QStringLiteral("100% wool"));
    filter.name = QStringLiteral("%"); // no wildcard
    QCOMPARE(await(service.findProducts(filter)).value().size(), 1);

    const auto place = [&](const QList<OrderItem> &items) {
        return wait<quint32>(
            [&](auto done) { service.placeOrder(*ada, items, QStringLiteral("for 'you'"), done); });
    };
    const auto order = place({{2, 10}, {1, 2}});
    VERIFY_OK(order);
    QCOMPARE(stock(schema), QStringLiteral("3 90 7"));
    // Both or neither.
    const auto tooMany = place({{2, 1}, {1, 4}});
    QCOMPARE(tooMany.error().kind(), Error::Kind::Usage);
    QVERIFY2(tooMany.error().message().contains(u"Of \"100% wool\" there are 3 in stock, and 4 were ordered"),
             qPrintable(tooMany.error().message()));
    QVERIFY(!place({{3, 1}}));
    QVERIFY(!place({{9, 1}}));
    QVERIFY(!place({{2, 1}, {2, 1}}));
    QVERIFY(!place({}));
    QCOMPARE(stock(schema), QStringLiteral("3 90 7"));

    const auto report = wait<QList<ReportLine>>([&](auto done) { service.report(done); });
    VERIFY_OK(report);
    QCOMPARE(report->size(), 1);
    QCOMPARE(report->first().customer, QStringLiteral("Ada L."));
    QCOMPARE(report->first().orders, 1);
    QCOMPARE(report->first().rank, 1);
    QCOMPARE(report->first().total, Decimal::fromString(u"69.98").value());

    QCOMPARE(wait<bool>([&](auto done) { service.cancelOrder(*order, done); }).value(), true);
    QCOMPARE(wait<bool>([&](auto done) { service.cancelOrder(*order, done); }).value(), false);
    QCOMPARE(stock(schema), QStringLiteral("5 100 7"));
    VERIFY_OK(await(pool.close()));
}

void tst_Orders::competing()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("competing"));
    QVERIFY(setUp(schema));
    Pool pool(schema.options());
    pool.setMaximumSize(5);
    OrderService service(pool);
    const auto customer = wait<quint32>(
        [&](auto done) { service.saveCustomer(QStringLiteral("x"), QStringLiteral("x@example.org"), done); });
    VERIFY_OK(customer);
    // Five pieces of wool, and twelve orders at once that want one each.
    int placed = 0;
    int refused = 0;
    int failed = 0;
    for (int i = 0; i < 12; ++i) {
        service.placeOrder(*customer, {{2, 1}, {1, 1}}, QString(), [&](const Result<quint32> &order) {
            if (order)
                ++placed;
            else if (order.error().kind() == Error::Kind::Usage)
                ++refused;
            else
                ++failed;
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(placed + refused + failed, 12, 30'000);
    QCOMPARE(placed, 5);
    QCOMPARE(refused, 7);
    QCOMPARE(stock(schema), QStringLiteral("0 95 7"));
    VERIFY_OK(await(pool.close()));
}

QString tst_Orders::output(const char *program, const QStringList &arguments)
{
    QProcess process;
    process.start(QString::fromLocal8Bit(program), arguments);
    if (!process.waitForFinished(60'000))
        return QStringLiteral("did not end");
    if (process.exitCode() != 0)
        return QStringLiteral("exit code %1: ").arg(process.exitCode())
            + QString::fromUtf8(process.readAllStandardError());
    return QString::fromUtf8(process.readAllStandardOutput());
}

void tst_Orders::program()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("program"));
    QVERIFY(setUp(schema));
    const QString place = url(live, schema);
    QCOMPARE(output(QASYNCMYSQL_ORDERS,
                    {place, QStringLiteral("customer"), QStringLiteral("Ada"), QStringLiteral("a@b")}),
             QStringLiteral("1\n"));
    QCOMPARE(output(QASYNCMYSQL_ORDERS, {place, QStringLiteral("products"), QStringLiteral("wool")}),
             QStringLiteral("1\t100% wool\t19.99\t5\n"));
    QCOMPARE(output(QASYNCMYSQL_ORDERS,
                    {place, QStringLiteral("order"), QStringLiteral("1"), QStringLiteral("2:3")}),
             QStringLiteral("1\n"));
    QVERIFY(output(QASYNCMYSQL_ORDERS, {place, QStringLiteral("report")})
                .endsWith(QStringLiteral("\t1\tAda\t1\t9.00\n")));
    QVERIFY(output(QASYNCMYSQL_ORDERS,
                   {place, QStringLiteral("order"), QStringLiteral("1"), QStringLiteral("2:300")})
                .startsWith(QStringLiteral("exit code 1: Of \"Needles\"")));
    QCOMPARE(output(QASYNCMYSQL_ORDERS, {place, QStringLiteral("cancel"), QStringLiteral("1")}),
             QStringLiteral("cancelled\n"));
}

void tst_Orders::generatedTypes()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("generated"));
    QVERIFY(setUp(schema));
    // The header of the example is what the tool makes of the migrations, on each server.
    QFile committed(QStringLiteral(ORDERS_SOURCE "/shop.h"));
    QVERIFY(committed.open(QIODevice::ReadOnly));
    const QString made = output(QASYNCMYSQL_SCHEMA,
                                {QStringLiteral("generate"), url(live, schema), QStringLiteral("--namespace"),
                                 QStringLiteral("Shop")});
    QCOMPARE(made, QString::fromUtf8(committed.readAll()));

    // All types, and names that are none in C++.
    QVERIFY2(schema.setUp({QStringLiteral("create table `odd name` (`class` tinyint(1) not null, `2 b` "
                                          "tinyint unsigned null, s smallint, m mediumint "
                                          "unsigned, i int, b bigint unsigned, y year, f float, d double, n "
                                          "decimal(5,2), c char(3), v varchar(9), t "
                                          "text, e enum('a'), se set('a'), bi binary(3), bl blob, da date, "
                                          "dt datetime, ts timestamp null, ti time, j "
                                          "json, bt bit(3), `a_b` int, `a b` int, `\"` int)")}),
             qPrintable(schema.error()));
    const QString odd = output(QASYNCMYSQL_SCHEMA,
                               {QStringLiteral("generate"), url(live, schema), QStringLiteral("--table"),
                                QStringLiteral("odd name")});
    const auto has = [&odd](const char *line) {
        return odd.contains(QString::fromLatin1(line))
            ? QString()
            : QString(QString::fromLatin1(line) + u"\nis not in\n" + odd);
    };
    for (const char *line : {"template <QAsyncMySql::Sql::Name Alias = \"odd name\"> struct OddName",
                             "inline constexpr OddName<> oddName{};",
                             "Column<Alias, \"class\", bool> class_;",
                             "Column<Alias, \"2 b\", std::optional<quint8>> n2B;",
                             "\"s\", std::optional<qint16>>",
                             "\"m\", std::optional<quint32>>",
                             "\"i\", std::optional<qint32>>",
                             "\"b\", std::optional<quint64>>",
                             "\"y\", std::optional<qint16>>",
                             "\"f\", std::optional<float>>",
                             "\"d\", std::optional<double>>",
                             "\"n\", std::optional<QAsyncMySql::Decimal>>",
                             "\"c\", std::optional<QString>>",
                             "\"v\", std::optional<QString>>",
                             "\"t\", std::optional<QString>>",
                             "\"e\", std::optional<QString>>",
                             "\"se\", std::optional<QString>>",
                             "\"bi\", std::optional<QByteArray>>",
                             "\"bl\", std::optional<QByteArray>>",
                             "\"da\", std::optional<QDate>>",
                             "\"dt\", std::optional<QDateTime>>",
                             "\"ts\", std::optional<QDateTime>>",
                             "\"ti\", std::optional<QAsyncMySql::SqlTime>>",
                             "\"j\", std::optional<QJsonValue>>",
                             "\"bt\", std::optional<quint64>>",
                             "\"a_b\", std::optional<qint32>> aB;",
                             "\"a b\", std::optional<qint32>> aB_;",
                             "\"\\\"\", std::optional<qint32>> unnamed;"})
        QCOMPARE(has(line), QString());
}

void tst_Orders::tool()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("tool"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const QString place = url(live, schema);
    const QString folder = QStringLiteral(ORDERS_SOURCE "/migrations");
    const auto migrate = [&](const QStringList &options) {
        return output(QASYNCMYSQL_SCHEMA, QStringList{QStringLiteral("migrate"), place, folder} + options);
    };
    const QString plan = migrate({QStringLiteral("--dry-run")});
    QVERIFY2(plan.startsWith(u"-- would go up: 1 catalogue\n") && plan.contains(u"CREATE TABLE orders (")
                 && plan.endsWith(u"-- the schema has version 0\n"),
             qPrintable(plan));
    QCOMPARE(migrate({QStringLiteral("--to"), QStringLiteral("1")}),
             QStringLiteral("-- went up: 1 catalogue\n-- the schema has version 1\n"));
    QCOMPARE(migrate({}), QStringLiteral("-- went up: 2 orders\n-- the schema has version 2\n"));
    QVERIFY(schema.setUp({QStringLiteral("alter table orders add x int")}));
    QVERIFY(migrate({}).startsWith(
        QStringLiteral("exit code 2: qasyncmysql-schema: The schema is not as migration 2 left it: "
                       "table \"orders\" was changed (")));
    QCOMPARE(
        output(QASYNCMYSQL_SCHEMA, {QStringLiteral("accept"), place, folder, QStringLiteral("--applied")}),
        QStringLiteral("-- the schema has version 2\n"));
    QCOMPARE(
        migrate({QStringLiteral("--to"), QStringLiteral("0")}),
        QStringLiteral("-- went down: 2 orders\n-- went down: 1 catalogue\n-- the schema has version 0\n"));

    QVERIFY(output(QASYNCMYSQL_SCHEMA, {}).startsWith(QStringLiteral("exit code 2: ")));
    QVERIFY(output(QASYNCMYSQL_SCHEMA, {QStringLiteral("generate"), place})
                .contains(QStringLiteral("has no tables")));
    QVERIFY(output(QASYNCMYSQL_SCHEMA,
                   {QStringLiteral("generate"), place, QStringLiteral("--namespace"), QStringLiteral("a b")})
                .contains(QStringLiteral("is not the name of a namespace")));
    QVERIFY(
        output(QASYNCMYSQL_SCHEMA, {QStringLiteral("generate"), QStringLiteral("mysql://root@127.0.0.1:1/x")})
            .startsWith(QStringLiteral("exit code 3: ")));
    // A header that is as it was keeps its time.
    QVERIFY(schema.setUp({QStringLiteral("create table t (x int)")}));
    const QTemporaryDir directory;
    const QString header = directory.filePath(QStringLiteral("t.h"));
    const QStringList generate{QStringLiteral("generate"), place, QStringLiteral("--output"), header};
    QCOMPARE(output(QASYNCMYSQL_SCHEMA, generate), QString());
    QFile file(header);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QDateTime old = QDateTime::currentDateTime().addDays(-1);
    QVERIFY(file.setFileTime(old, QFileDevice::FileModificationTime));
    file.close();
    QCOMPARE(output(QASYNCMYSQL_SCHEMA, generate), QString());
    QCOMPARE(QFileInfo(header).lastModified().toSecsSinceEpoch(), old.toSecsSinceEpoch());
}

QTEST_GUILESS_MAIN(tst_Orders)
#include "tst_orders.moc"

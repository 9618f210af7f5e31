// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/live.h"

#include <QAsyncMySql/migrations.h>

#include <QtCore/QTemporaryDir>

using namespace QAsyncMySql;

namespace {

const Migration First(1, QStringLiteral("people"),
                      "create table people (id int not null primary key, name varchar(20) not null);\n"
                      "insert into people values (1, 'Ada; \\'x\\''), (2, 'Grace');\n",
                      "drop table people;\n");
const Migration Second(2, QStringLiteral("age"), "alter table people add age int null;\n",
                       "alter table people drop age;\n");
const Migration Third(3, QStringLiteral("routine"),
                      "delimiter //\ncreate procedure older() begin update people set age = age + 1; end//\n"
                      "delimiter ;\ncall older();\n",
                      "drop procedure older;\n");

bool write(const QTemporaryDir &directory, const char *name, const char *text)
{
    QFile file(directory.filePath(QString::fromLatin1(name)));
    return file.open(QIODevice::WriteOnly) && file.write(text) == qint64(strlen(text));
}

} // namespace

/*
    Schemas on their way: forth, back, and stopped where going on would be wrong.
*/
class tst_Migrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void files();
    void wrongFiles();
    void forthAndBack_data() { ServerMatrix::addRows(); }
    void forthAndBack();
    void dryRun_data() { ServerMatrix::addRows(); }
    void dryRun();
    void changedFiles_data() { ServerMatrix::addRows(); }
    void changedFiles();
    void changesByHand_data() { ServerMatrix::addRows(); }
    void changesByHand();
    void whatIsNoticed_data() { ServerMatrix::addRows(); }
    void whatIsNoticed();
    void failures_data() { ServerMatrix::addRows(); }
    void failures();
    void severalAtOnce_data() { ServerMatrix::addRows(); }
    void severalAtOnce();
    void interrupted_data() { ServerMatrix::addRows(); }
    void interrupted();

private:
    static Migrations make(const QList<Migration> &list) { return Migrations::fromList(list).value(); }
    static int number(LiveSchema &schema, const QString &sql)
    {
        const auto result = await(schema.connection.query(sql));
        return result ? result->scalar<int>().value() : -1;
    }
};

void tst_Migrations::files()
{
    const QTemporaryDir directory;
    QVERIFY(write(directory, "0002_second.up.sql", "create table b (x int);"));
    QVERIFY(write(directory, "0002_second.down.sql", "drop table b;"));
    QVERIFY(write(directory, "0001_first.sql", "create table a (x int);\r\n"));
    QVERIFY(write(directory, "0010_with.points_and-more.sql", "select 1"));
    QVERIFY(write(directory, "README.txt", "not SQL"));
    const auto migrations = Migrations::fromDirectory(directory.path());
    VERIFY_OK(migrations);
    QCOMPARE(migrations->list().size(), 3);
    QCOMPARE(migrations->list().at(0).version(), 1);
    QCOMPARE(migrations->list().at(0).name(), QStringLiteral("first"));
    QVERIFY(migrations->list().at(0).down().isEmpty());
    QCOMPARE(migrations->list().at(1).down(), QByteArray("drop table b;"));
    QCOMPARE(migrations->list().at(2).name(), QStringLiteral("with.points_and-more"));
    // Line ends are no change.
    QCOMPARE(migrations->list().at(0).checksum(), Migration(1, {}, "create table a (x int);\n").checksum());
}

void tst_Migrations::wrongFiles()
{
    const auto fault = [](const std::function<bool(const QTemporaryDir &)> &fill) {
        const QTemporaryDir directory;
        if (!fill(directory))
            return QStringLiteral("could not write");
        const auto migrations = Migrations::fromDirectory(directory.path());
        return migrations ? QString() : migrations.error().message();
    };
    QVERIFY(
        fault([](const QTemporaryDir &d) { return write(d, "first.sql", ""); }).contains(u"is no migration"));
    QVERIFY(fault([](const QTemporaryDir &d) {
                return write(d, "1_a.down.sql", "");
            }).contains(u"0001_a.up.sql"));
    QVERIFY(fault([](const QTemporaryDir &d) {
                return write(d, "1_a.sql", "") && write(d, "01_b.sql", "");
            }).contains(u"Two migrations have the number 1"));
    QVERIFY(fault([](const QTemporaryDir &d) {
                return write(d, "1_a.sql", "") && write(d, "1_a.up.sql", "");
            }).contains(u"Two migrations"));
    QVERIFY(fault([](const QTemporaryDir &d) { return write(d, "0_a.sql", ""); }).contains(u"begin with 1"));
    QVERIFY(Migrations::fromDirectory(QStringLiteral("/no/such/folder"))
                .error()
                .message()
                .contains(u"no folder"));
}

void tst_Migrations::forthAndBack()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("forthandback"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const Migrations migrations = make({Third, First, Second});
    const auto half = await(migrations.migrate(schema.connection, 2));
    VERIFY_OK(half);
    QCOMPARE(half->version, 2);
    QCOMPARE(half->steps.size(), 2);
    QCOMPARE(number(schema, QStringLiteral("select count(*) from people where age is null")), 2);
    const auto whole = await(migrations.migrate(schema.connection));
    VERIFY_OK(whole);
    QCOMPARE(whole->version, 3);
    QCOMPARE(whole->steps.size(), 1);
    const auto again = await(migrations.migrate(schema.connection));
    VERIFY_OK(again);
    QCOMPARE(again->version, 3);
    QVERIFY(again->steps.isEmpty());
    QCOMPARE(
        number(schema,
               QStringLiteral("select count(*) from qasyncmysql_migrations where applied_at is not null")),
        3);

    const auto back = await(migrations.migrate(schema.connection, 1));
    VERIFY_OK(back);
    QCOMPARE(back->version, 1);
    QCOMPARE(back->steps.size(), 2);
    QCOMPARE(back->steps.at(0).migration.version(), 3);
    QVERIFY(!back->steps.at(0).isUp);
    QCOMPARE(number(schema,
                    QStringLiteral("select count(*) from information_schema.columns where table_schema = "
                                   "database() and table_name = 'people'")),
             2);
    VERIFY_OK(await(migrations.migrate(schema.connection)));
    const auto gone = await(migrations.migrate(schema.connection, 0));
    VERIFY_OK(gone);
    QCOMPARE(gone->version, 0);
    QCOMPARE(number(schema, QStringLiteral("select count(*) from qasyncmysql_migrations")), 0);
    QVERIFY(await(migrations.migrate(schema.connection, 7)).error().message().contains(u"no migration 7"));
    VERIFY_OK(await(make({First}).setTable(QStringLiteral("odd `name")).migrate(schema.connection)));
    QVERIFY(!await(make({First}).setTable(QString()).migrate(schema.connection)));

    Connection nowhere;
    VERIFY_OK(await(nowhere.open(ConnectOptions::fromUrl(live.url()).value().setDatabase(QString()))));
    const auto lost = await(migrations.migrate(nowhere));
    QVERIFY2(lost.error().message().contains(u"no schema"), qPrintable(lost.error().message()));
}

void tst_Migrations::dryRun()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("dryrun"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const Migrations migrations = make({First, Second});
    const auto plan = await(migrations.plan(schema.connection));
    VERIFY_OK(plan);
    QCOMPARE(plan->version, 0);
    QCOMPARE(plan->steps.size(), 2);
    QCOMPARE(plan->steps.at(0).statements.size(), 2);
    QVERIFY(plan->steps.at(0).statements.at(1).startsWith(u"insert into people"));
    QCOMPARE(number(schema,
                    QStringLiteral(
                        "select count(*) from information_schema.tables where table_schema = database()")),
             0);
    VERIFY_OK(await(migrations.migrate(schema.connection)));
    const auto back = await(migrations.plan(schema.connection, 0));
    VERIFY_OK(back);
    QCOMPARE(back->steps.size(), 2);
    QCOMPARE(back->steps.at(0).statements, QStringList{QStringLiteral("alter table people drop age")});
    QCOMPARE(number(schema, QStringLiteral("select count(*) from qasyncmysql_migrations")), 2);
    const auto noWay = await(
        make({Migration(1, QStringLiteral("people"), First.up()), Second}).plan(schema.connection, 0));
    QVERIFY(noWay.error().message().contains(u"no way back: there is no file \"0001_people.down.sql\""));
}

void tst_Migrations::changedFiles()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("changedfiles"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    VERIFY_OK(await(make({First, Third}).migrate(schema.connection, 1)));
    const auto refused = [&](const QList<Migration> &list) {
        const auto result = await(make(list).migrate(schema.connection));
        return result.error().kind() == Error::Kind::Usage ? result.error().message() : QString();
    };
    QVERIFY(refused({Migration(1, QStringLiteral("people"), "create table other (x int)"), Second})
                .contains(u"The migration 1 (people) was changed after it had been applied"));
    QVERIFY(refused({Second}).contains(u"has the migration 1 (people), and there is no such file"));
    QCOMPARE(number(schema, QStringLiteral("select count(*) from qasyncmysql_migrations")), 1);
    const Migration five(5, QStringLiteral("five"), "create table five (x int)", "drop table five");
    VERIFY_OK(await(make({First, five}).migrate(schema.connection)));
    QVERIFY(
        refused({First, Second, five}).contains(u"The migration 2 (age) is new, and its number is below"));
}

void tst_Migrations::changesByHand()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("byhand"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    VERIFY_OK(await(make({First}).migrate(schema.connection)));
    // Rows are no change of the schema.
    QVERIFY(schema.setUp({QStringLiteral("insert into people values (3, 'x')")}));
    Migrations migrations = make({First, Second});
    VERIFY_OK(await(migrations.plan(schema.connection)));
    QVERIFY(schema.setUp({QStringLiteral("alter table people add phone varchar(20) null"),
                          QStringLiteral("create table notes (x int)")}));
    const auto stopped = await(migrations.migrate(schema.connection));
    QCOMPARE(stopped.error().kind(), Error::Kind::Usage);
    QVERIFY2(stopped.error().message().contains(
                 u"table \"people\" was changed (column \"phone\" is new); table \"notes\" is new"),
             qPrintable(stopped.error().message()));
    QCOMPARE(number(schema, QStringLiteral("select count(*) from qasyncmysql_migrations")), 1);
    VERIFY_OK(await(migrations.accept(schema.connection, true)));
    VERIFY_OK(await(migrations.migrate(schema.connection)));
    QVERIFY(schema.setUp({QStringLiteral("drop table notes")}));
    QVERIFY(
        await(migrations.migrate(schema.connection)).error().message().contains(u"table \"notes\" is gone"));
    migrations.setDriftAllowed(true);
    VERIFY_OK(await(migrations.migrate(schema.connection)));
}

void tst_Migrations::whatIsNoticed()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("noticed"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const Migrations migrations = make({First});
    VERIFY_OK(await(migrations.migrate(schema.connection)));
    // Each change by hand, and how it is told.
    const QList<std::pair<QString, QString>> changes{
        {QStringLiteral("alter table people modify name varchar(90) null"),
         QStringLiteral("table \"people\" was changed (column \"name\" was changed)")},
        {QStringLiteral(
             "alter table people add age int not null default 20, add unique index by_name (name)"),
         QStringLiteral("table \"people\" was changed (column \"age\" is new, index \"by_name\" is new)")},
        {QStringLiteral("alter table people modify age int not null default 20 first"),
         QStringLiteral("table \"people\" was changed (the order of columns was changed)")},
        {QStringLiteral("alter table people drop index by_name, add index by_name (name, age)"),
         QStringLiteral("table \"people\" was changed (index \"by_name\" was changed)")},
        {QStringLiteral("alter table people drop primary key, add primary key (id, age)"),
         QStringLiteral("primary key was changed")},
        {QStringLiteral("alter table people add constraint grown check (age > 17)"),
         QStringLiteral("table \"people\" was changed (check \"grown\" is new)")},
        {QStringLiteral("alter table people comment 'of the town'"),
         QStringLiteral("table \"people\" was changed (its options were changed)")},
        {QStringLiteral("alter table people drop column age, drop primary key, add primary key (id), drop "
                        "constraint grown, drop index by_name"),
         QStringLiteral("column \"age\" is gone")},
        {QStringLiteral(
             "create table pets (id int primary key, owner int, key owner (owner), constraint belongs "
             "foreign key (owner) references people (id))"),
         QStringLiteral("table \"pets\" is new")},
        {QStringLiteral("alter table pets drop foreign key belongs"),
         QStringLiteral("table \"pets\" was changed (foreign key \"belongs\" is gone)")},
        {QStringLiteral(
             "alter table pets add constraint belongs foreign key (owner) references people (id) on "
             "delete cascade"),
         QStringLiteral("table \"pets\" was changed (foreign key \"belongs\" is new)")},
        {QStringLiteral("create view named as select name from people"),
         QStringLiteral("view \"named\" is new")},
        {QStringLiteral("create or replace view named as select id, name from people"),
         QStringLiteral("view \"named\" was changed.")},
        {QStringLiteral("create procedure greet() select 'hello'"),
         QStringLiteral("procedure \"greet\" is new")},
        {QStringLiteral("create function twice(n int) returns int deterministic return n * 2"),
         QStringLiteral("function \"twice\" is new")},
        {QStringLiteral("drop procedure greet"), QStringLiteral("procedure \"greet\" is gone")},
        {QStringLiteral("create procedure greet() select 'hi'"),
         QStringLiteral("procedure \"greet\" is new")},
        {QStringLiteral("create trigger trimmed before insert on people for each row set new.name = "
                        "trim(new.name)"),
         QStringLiteral("trigger \"trimmed\" is new")},
        {QStringLiteral("create event nightly on schedule every 1 day do delete from people where id < 0"),
         QStringLiteral("event \"nightly\" is new")},
        {QStringLiteral("alter event nightly do delete from people where id < -1"),
         QStringLiteral("event \"nightly\" was changed.")},
    };
    for (const auto &[change, told] : changes) {
        QVERIFY2(schema.setUp({change}), qPrintable(schema.error()));
        const auto stopped = await(migrations.plan(schema.connection));
        QCOMPARE(stopped.error().kind(), Error::Kind::Usage);
        QVERIFY2(stopped.error().message().contains(told), qPrintable(stopped.error().message()));
        VERIFY_OK(await(migrations.accept(schema.connection, true)));
        VERIFY_OK(await(migrations.plan(schema.connection)));
    }
    // What is no change of the schema: rows, the counter of AUTO_INCREMENT, an event that takes place once, a
    // temporary table.
    QVERIFY2(schema.setUp({QStringLiteral("create table counted (id int auto_increment primary key)")}),
             qPrintable(schema.error()));
    VERIFY_OK(await(migrations.accept(schema.connection, true)));
    QVERIFY2(
        schema.setUp({QStringLiteral("insert into counted values (null), (null)"),
                      QStringLiteral("create event once on schedule at current_timestamp + interval 1 day "
                                     "do delete from people where id < 0"),
                      QStringLiteral("create temporary table passing (x int)"),
                      QStringLiteral("analyze table people, counted")}),
        qPrintable(schema.error()));
    VERIFY_OK(await(migrations.plan(schema.connection)));
}

void tst_Migrations::failures()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("failures"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    VERIFY_OK(await(make({First}).migrate(schema.connection)));
    // Rows only: taken back as a whole, and can be tried again.
    const Migration rows(2, QStringLiteral("rows"),
                         "insert into people values (5, 'e'); insert into people values (5, 'f')");
    const auto failed = await(make({First, rows}).migrate(schema.connection));
    QCOMPARE(failed.error().code(), 1062);
    QVERIFY2(failed.error().message().startsWith(u"Migration 2 (rows), up, statement 2 of 2: "),
             qPrintable(failed.error().message()));
    QCOMPARE(number(schema, QStringLiteral("select count(*) from people")), 2);
    QCOMPARE(number(schema, QStringLiteral("select count(*) from qasyncmysql_migrations")), 1);
    // A table was made: that has committed, and only a human knows what is right.
    const Migration table(2, QStringLiteral("table"),
                          "create table half (x int); select * from no_such_table");
    const auto cut = await(make({First, table}).migrate(schema.connection));
    QCOMPARE(cut.error().code(), 1146);
    const auto stopped = await(make({First, table}).migrate(schema.connection));
    QVERIFY2(stopped.error().message().contains(u"2 (table) was begun and did not end"),
             qPrintable(stopped.error().message()));
    QVERIFY(schema.setUp({QStringLiteral("drop table half")}));
    const auto accepted = await(make({First, table}).accept(schema.connection, false));
    VERIFY_OK(accepted);
    QCOMPARE(accepted->version, 1);
    VERIFY_OK(await(make({First, Second}).migrate(schema.connection)));
}

void tst_Migrations::severalAtOnce()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("atonce"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const Migrations migrations = make({First, Second, Third});
    std::vector<std::unique_ptr<Connection>> connections;
    std::vector<Reply<MigrationReport>> replies;
    for (int i = 0; i < 4; ++i) {
        connections.push_back(std::make_unique<Connection>());
        VERIFY_OK(await(connections.back()->open(schema.options())));
        replies.push_back(migrations.migrate(*connections.back()));
    }
    qsizetype steps = 0;
    for (const auto &reply : replies) {
        const auto report = await(reply);
        VERIFY_OK(report);
        QCOMPARE(report->version, 3);
        steps += report->steps.size();
    }
    QCOMPARE(steps, 3);

    // Who waits for too long says so.
    VERIFY_OK(await(connections[0]->query(
        u"select get_lock(sha2(concat(database(), '.', 'qasyncmysql_migrations'), 256), 5)")));
    Migrations impatient = migrations;
    const auto waited = await(impatient.setLockTimeout(std::chrono::seconds(0)).migrate(*connections[1]));
    QCOMPARE(waited.error().kind(), Error::Kind::Timeout);
    QVERIFY(waited.error().message().contains(u"Another process"));
}

void tst_Migrations::interrupted()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("interrupted"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const Migration slow(1, QStringLiteral("slow"),
                         "create table a (x int); select sleep(60) from a union select sleep(60)");
    const auto isSleeping = [&] {
        return number(schema,
                      QStringLiteral(
                          "select count(*) from information_schema.processlist where db = database() and "
                          "info like 'select sleep%'"))
            > 0;
    };
    const auto makeAgain
        = [&] { return schema.setUp({QStringLiteral("drop table if exists a, qasyncmysql_migrations")}); };
    {
        Connection connection;
        VERIFY_OK(await(connection.open(schema.options())));
        auto reply = make({slow}).migrate(connection);
        QTRY_VERIFY(isSleeping());
        reply.cancel();
        QCOMPARE(await(reply).error().kind(), Error::Kind::Cancelled);
        // The lock is free, and the state is told.
        const auto next = await(make({slow}).setLockTimeout(std::chrono::seconds(5)).migrate(connection));
        QVERIFY2(next.error().message().contains(u"did not end"), qPrintable(next.error().message()));
    }
    QVERIFY(makeAgain());
    {
        auto connection = std::make_unique<Connection>();
        VERIFY_OK(await(connection->open(schema.options())));
        const auto reply = make({slow}).migrate(*connection);
        QTRY_VERIFY(isSleeping());
        connection.reset();
        QVERIFY(reply.isFinished());
        QVERIFY(!reply.result());
    }
}

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_migrations.moc"

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

//! The example programs do what they say, on live servers.
class tst_Examples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void console_data();
    void console();
    void consoleFailure_data();
    void consoleFailure();
    void demoServer_data();
    void demoServer();
};

namespace {

class Run
{
public:
    Run(const QString &program, const QStringList &arguments,
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        ended = process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit;
        exitCode = process.exitCode();
        output = process.readAllStandardOutput();
        errors = process.readAllStandardError();
    }
    QByteArray describe() const
    {
        return "exit code " + QByteArray::number(exitCode) + "\noutput: " + output + "\nerrors: " + errors;
    }

    bool ended;
    int exitCode;
    QByteArray output;
    QByteArray errors;
};

QString program(const QByteArray &name)
{
    static const QMap<QByteArray, QString> programs = {
        {"future", QStringLiteral(PROGRAM_CONSOLE_FUTURE)},
        {"callback", QStringLiteral(PROGRAM_CONSOLE_CALLBACK)},
        {"coroutine", QStringLiteral(PROGRAM_CONSOLE_COROUTINE)},
        {"pool", QStringLiteral(PROGRAM_CONSOLE_POOL)},
    };
    return programs.value(name);
}

} // namespace

void tst_Examples::console_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("expected");
    for (const QString &id : ServerMatrix::ids()) {
        const auto row = [&id](const char *name, const QString &expected) {
            QTest::newRow(qPrintable(id + u' ' + QLatin1String(name))) << id << QByteArray(name) << expected;
        };
        row("future", QStringLiteral("^server [^,]+, session \\d+\n$"));
        row("callback", QStringLiteral("^the sum is 42\n$"));
        row("coroutine", QStringLiteral("^1 squared is 1\n2 squared is 4\n3 squared is 9\n$"));
        row("pool", QStringLiteral("^8 statements of 0.2 s on 4 connections took \\d+ ms\n$"));
    }
}

void tst_Examples::console()
{
    MATRIX_SERVER(live);
    QFETCH(QByteArray, name);
    QFETCH(QString, expected);
    const Run run(program(name), {live.url().toString(QUrl::FullyEncoded)});
    QVERIFY2(run.ended && run.exitCode == 0 && run.errors.isEmpty(), run.describe().constData());
    QVERIFY2(QRegularExpression(expected).match(QString::fromUtf8(run.output)).hasMatch(),
             run.describe().constData());
}

void tst_Examples::consoleFailure_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"future", "callback", "coroutine"})
        QTest::newRow(name) << QByteArray(name);
}

// A server that is not there ends them, with an error and not with a wait.
void tst_Examples::consoleFailure()
{
    QFETCH(QByteArray, name);
    const Run run(program(name), {QStringLiteral("mysql://u:p@localhost/?socket=/nonexistent/mysqld.sock")});
    QVERIFY2(run.ended && run.exitCode != 0 && run.output.isEmpty(), run.describe().constData());
}

void tst_Examples::demoServer_data()
{
    QTest::addColumn<QString>("server");
    for (const char *name : {"mariadb", "mysql"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_Examples::demoServer()
{
    QFETCH(QString, server);
    QTemporaryDir cache;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QASYNCMYSQL_DEMO_CACHE"), cache.path());
    const QStringList arguments = {QStringLiteral("--rows"),
                                   QStringLiteral("250000"),
                                   QStringLiteral("--server"),
                                   server,
                                   QStringLiteral("--"),
                                   QStringLiteral(PROGRAM_QASYNCMYSQL),
                                   QStringLiteral("--no-header"),
                                   QStringLiteral("{url}"),
                                   QStringLiteral("SELECT COUNT(*), MIN(id), COUNT(DISTINCT status), SUM(due "
                                                  "IS NULL) > 0, SUM(details IS NULL) > 0 FROM orders")};
    const QByteArray expected = "250000\t1\t5\t1\t1\n";
    const Run first(QStringLiteral(PROGRAM_DEMO_SERVER), arguments, environment);
    if (first.exitCode == 3
        && !ServerMatrix::isRequired(server == u"mysql" ? QStringLiteral("mysql-9.7")
                                                        : QStringLiteral("mariadb-10.11")))
        QSKIP(first.errors.constData());
    QVERIFY2(first.ended && first.exitCode == 0, first.describe().constData());
    QCOMPARE(first.output, expected);
    QVERIFY2(first.errors.contains("filling demo.orders"), first.describe().constData());

    const Run second(QStringLiteral(PROGRAM_DEMO_SERVER), arguments, environment);
    QVERIFY2(second.ended && second.exitCode == 0, second.describe().constData());
    QCOMPARE(second.output, expected);
    QVERIFY2(!second.errors.contains("filling demo.orders") || second.errors.contains("(docker)")
                 || second.errors.contains("(podman)"),
             second.describe().constData());
}

QTEST_GUILESS_MAIN(tst_Examples)
#include "tst_examples.moc"

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>

#include <QtCore/QTemporaryDir>

using namespace QAsyncMySql;

class tst_SqlLoading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loads_data() { ServerMatrix::addRows(); }
    void loads();
    void once();
    void failures_data();
    void failures();
    void tooLittleTime();

private:
    QString write(const char *name, const QByteArray &content);
    static QString scalar(const TestServer &server, const QString &sql);
    QTemporaryDir m_directory;
};

//! Declares a server like id with the given options; ends the test function where the server cannot be had at
//! all.
#define START_WITH(name, id, options)                                                                        \
    if (const MatrixServer shared = ServerMatrix::server(id); !shared.isRunning()) {                         \
        if (ServerMatrix::isRequired(id))                                                                    \
            QFAIL(qPrintable(shared.error));                                                                 \
        QSKIP(qPrintable(shared.error));                                                                     \
    }                                                                                                        \
    TestServer name(options)

QString tst_SqlLoading::write(const char *name, const QByteArray &content)
{
    QFile file(m_directory.filePath(QString::fromLatin1(name)));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                    : QString();
}

//! The first cell of the result, or the error.
QString tst_SqlLoading::scalar(const TestServer &server, const QString &sql)
{
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(server.url());
    if (!options)
        return options.error().toString();
    Connection connection;
    const auto opening = connection.open(options.value());
    const auto reply = connection.query(sql);
    if (!QTest::qWaitFor([&] { return reply.isFinished(); }, 30000))
        return QStringLiteral("timeout");
    if (const Result<void> opened = opening.result(); !opened)
        return opened.error().toString();
    const Result<ResultSet> result = reply.result();
    if (!result)
        return result.error().toString();
    const Result<QString> cell = result.value().scalar<QString>();
    return cell ? cell.value() : cell.error().toString();
}

void tst_SqlLoading::loads()
{
    QFETCH(QString, server);
    if (server == QLatin1String("url"))
        QSKIP("This needs a server with fresh data.");
    const QString schema = write("schema.sql",
                                 "-- a comment; with a semicolon\n"
                                 "CREATE TABLE city (id INT PRIMARY KEY AUTO_INCREMENT,\n"
                                 "  name VARCHAR(50)) /* and; another */ CHARACTER SET utf8mb4;\n"
                                 "INSERT INTO city (name) VALUES ('K\xc3\xb6ln; Deutz'), ('what?'); INSERT "
                                 "INTO city (name) VALUES (':x');\n"
                                 "CREATE PROCEDURE add_city(IN n VARCHAR(50))\n"
                                 "BEGIN\n"
                                 "  INSERT INTO city (name) VALUES (n);\n"
                                 "  IF n = 'twice' THEN INSERT INTO city (name) VALUES (n); END IF;\n"
                                 "END;\n"
                                 "SELECT * FROM city;\n"
                                 "CREATE TRIGGER city_name BEFORE INSERT ON city FOR EACH ROW BEGIN SET "
                                 "NEW.name = TRIM(NEW.name); END;\n"
                                 "\n# the end\n-- of it\n");
    QVERIFY(!schema.isEmpty());
    TestServerOptions options = ServerMatrix::options(server);
    options.addSqlFile(schema);
    options.addSqlFile(write("empty.sql", "\n  -- nothing\n"));
    options.addSqlFile(write("comment.sql", "CREATE TABLE after_comment (i INT); -- here\n /* and there */"));
    options.addSqlStatement(QStringLiteral("CALL add_city('twice')"));
    options.addSqlStatement(QStringLiteral("CALL add_city(' x '); SET @a = 1;"));
    START_WITH(live, server, options);
    QVERIFY2(live.start(), qPrintable(live.errorString()));
    QCOMPARE(scalar(live, QStringLiteral("SELECT COUNT(*) FROM city")), QStringLiteral("6"));
    QCOMPARE(scalar(live, QStringLiteral("SELECT COUNT(*) FROM after_comment")), QStringLiteral("0"));
    QCOMPARE(scalar(live, QStringLiteral("SELECT name FROM city WHERE id = 1")),
             QString::fromUtf8("K\xc3\xb6ln; Deutz"));
    QCOMPARE(
        scalar(live,
               QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id SEPARATOR '|') FROM city WHERE id > 1")),
        QStringLiteral("what?|:x|twice|twice|x"));
}

// The data survives a restart, and nothing is loaded a second time; a new start begins anew.
void tst_SqlLoading::once()
{
    const QString id = ServerMatrix::ids().constFirst();
    if (id == QLatin1String("url"))
        QSKIP("This needs a server with fresh data.");
    TestServerOptions options = ServerMatrix::options(id);
    options.addSqlStatement(QStringLiteral("CREATE TABLE t (i INT); INSERT INTO t VALUES (1)"));
    START_WITH(live, id, options);
    QVERIFY2(live.start(), qPrintable(live.errorString()));
    QCOMPARE(scalar(live, QStringLiteral("SELECT COUNT(*) FROM t")), QStringLiteral("1"));
    QVERIFY2(live.restart(), qPrintable(live.errorString()));
    QCOMPARE(scalar(live, QStringLiteral("SELECT COUNT(*) FROM t")), QStringLiteral("1"));
    live.stop();
    QVERIFY2(live.start(), qPrintable(live.errorString()));
    QCOMPARE(scalar(live, QStringLiteral("SELECT COUNT(*) FROM t")), QStringLiteral("1"));
}

void tst_SqlLoading::failures_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QStringList>("parts");
    const auto row
        = [](const char *title, const QString &file, const char *statement, const QStringList &parts) {
              QTest::newRow(title) << file << QString::fromLatin1(statement) << parts;
          };
    row("syntax", {}, "SELECT 1; SELCT 2; SELECT 3",
        {QStringLiteral("SQL text 1"), QStringLiteral("1064"), QStringLiteral("SELCT")});
    row("empty statement", {}, "SELECT 1;; SELECT 2", {QStringLiteral("1064")});
    row("in a file", write("bad.sql", "CREATE TABLE t (i INT);\nINSERT INTO nowhere VALUES (1);\n"), "",
        {QStringLiteral("bad.sql"), QStringLiteral("1146"), QStringLiteral("nowhere")});
    row("no such file", m_directory.filePath(QStringLiteral("missing.sql")), "",
        {QStringLiteral("missing.sql")});
    row("delimiter", write("delimiter.sql", "SELECT 1;\n\n  delimiter //\nSELECT 2//\n"), "",
        {QStringLiteral("delimiter.sql, line 3"), QStringLiteral("DELIMITER")});
}

void tst_SqlLoading::failures()
{
    QFETCH(QString, file);
    QFETCH(QString, statement);
    QFETCH(QStringList, parts);
    const QString id = ServerMatrix::ids().constFirst();
    TestServerOptions options = ServerMatrix::options(id);
    if (!file.isEmpty())
        options.addSqlFile(file);
    if (!statement.isEmpty())
        options.addSqlStatement(statement);
    START_WITH(live, id, options);
    QVERIFY(!live.start());
    QVERIFY(!live.isRunning());
    for (const QString &part : qAsConst(parts))
        QVERIFY2(live.errorString().contains(part), qPrintable(live.errorString()));
}

void tst_SqlLoading::tooLittleTime()
{
    const QString id = ServerMatrix::ids().constFirst();
    TestServerOptions options = ServerMatrix::options(id);
    options.addSqlStatement(QStringLiteral("SELECT SLEEP(120)"));
    options.setStartTimeout(5000);
    START_WITH(live, id, options);
    QVERIFY(!live.start());
    QVERIFY2(live.errorString().contains(QLatin1String("setStartTimeout")), qPrintable(live.errorString()));
    QVERIFY(!live.isRunning());
}

QTEST_GUILESS_MAIN(tst_SqlLoading)
#include "tst_sqlloading.moc"

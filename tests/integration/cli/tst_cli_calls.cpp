// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/servermatrix.h"

#include <QJsonDocument>
#include <QtTest/QtTest>

//! Procedures: several results and OUT parameters in every format, buffered and streamed.
class tst_CliCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outParameters_data();
    void outParameters();
    void kindsOfParameters_data() { ServerMatrix::addRows(); }
    void kindsOfParameters();
    void protocol_data() { ServerMatrix::addRows(); }
    void protocol();
    void optionsOfTheUrl_data() { ServerMatrix::addRows(); }
    void optionsOfTheUrl();
    void cleanup();

private:
    QString makeProcedure(const MatrixServer &live);

    QString m_url;
    QString m_procedure;
};

static QString urlOf(const MatrixServer &server)
{
    return server.url().toString(QUrl::FullyEncoded);
}

//! Makes a procedure of one IN, one INOUT and one OUT parameter, which gives two results; says what went
//! wrong.
QString tst_CliCalls::makeProcedure(const MatrixServer &live)
{
    m_url = urlOf(live);
    m_procedure = QStringLiteral("cli_call_%1").arg(QCoreApplication::applicationPid());
    const QString script
        = QStringLiteral("DROP PROCEDURE IF EXISTS %1;\n"
                         "DELIMITER //\n"
                         "CREATE PROCEDURE %1(IN many INT, INOUT total DECIMAL(10,2), OUT words TEXT)\n"
                         "BEGIN\n"
                         "  SELECT many AS a, 'x' AS b;\n"
                         "  SELECT 'second' AS c;\n"
                         "  SET total = total * many, words = 'two words';\n"
                         "END//\n")
              .arg(m_procedure);
    const CliResult made = runCli({m_url, QStringLiteral("-")}, script.toUtf8());
    return made.exitCode == 0 ? QString() : QString::fromUtf8(made.describe());
}

void tst_CliCalls::cleanup()
{
    if (!m_procedure.isEmpty())
        runCli({m_url, QStringLiteral("DROP PROCEDURE IF EXISTS ") + m_procedure});
    m_procedure.clear();
}

//! Each server with each way to run a call.
static QList<std::pair<QString, QString>> modesOf(const QStringList &servers)
{
    QList<std::pair<QString, QString>> all;
    for (const QString &server : servers) {
        for (const char *mode : {"", "--stream", "--protocol=prepared"})
            all.append({server, QString::fromLatin1(mode)});
    }
    return all;
}

void tst_CliCalls::outParameters_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("mode");
    const QStringList servers = ServerMatrix::ids();
    for (const auto &[server, mode] : modesOf(servers)) {
        const auto row = [&server = server, &mode = mode](const char *format, const char *output) {
            QTest::addRow("%s, %s %s", qPrintable(server), format, qPrintable(mode))
                << server << QString::fromLatin1(format) << QByteArray(output) << mode;
        };
        // MySQL calls the texts of OUT parameters of a prepared statement bytes.
        const bool bytes = server.startsWith(u"mysql") && !mode.isEmpty();
        row("tsv", "a\tb\n3\tx\n\nc\nsecond\n\ntotal\twords\n4.50\ttwo words\n");
        row("csv",
            bytes ? "a,b\r\n3,x\r\n\r\nc\r\nsecond\r\n\r\ntotal,words\r\n4.50,0x74776f20776f726473\r\n"
                  : "a,b\r\n3,x\r\n\r\nc\r\nsecond\r\n\r\ntotal,words\r\n4.50,two words\r\n");
        row("ndjson",
            bytes ? "{\"a\":3,\"b\":\"x\"}\n\n{\"c\":\"second\"}\n\n"
                    "{\"total\":\"4.50\",\"words\":{\"base64\":\"dHdvIHdvcmRz\"}}\n"
                  : "{\"a\":3,\"b\":\"x\"}\n\n{\"c\":\"second\"}\n\n{\"total\":\"4.50\",\"words\":\"two "
                    "words\"}\n");
        row("table", "(1 row of OUT parameters)\n");
        row("json", bytes ? "\"4.50\",{\"base64\":\"dHdvIHdvcmRz\"}" : "\"4.50\",\"two words\"");
    }
}

void tst_CliCalls::outParameters()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, format);
    QFETCH(const QByteArray, output);
    QFETCH(const QString, mode);
    QCOMPARE(makeProcedure(live), QString());
    const CliResult result = runCli(mode.split(u' ', Qt::SkipEmptyParts)
                                    + QStringList{QStringLiteral("--format"), format, m_url,
                                                  QStringLiteral("CALL %1(?, ?, ?)").arg(m_procedure),
                                                  QStringLiteral("3"), QStringLiteral("1.5"), QString()});
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    if (format != u"json" && format != u"table") {
        QCOMPARE(result.output, output);
        return;
    }
    QVERIFY2(result.output.contains(output), result.describe().constData());
    if (format == u"table")
        return;
    QStringList flagged;
    for (const QJsonValue &part : result.json()) {
        const QJsonObject object = part.toObject();
        if (object.value(u"outParameters").toBool())
            flagged.append(QString::fromUtf8(
                QJsonDocument(object.value(u"rows").toArray()).toJson(QJsonDocument::Compact)));
    }
    QCOMPARE(flagged, QStringList{QStringLiteral("[[%1]]").arg(QString::fromUtf8(output))});
}

// Texts in any character set, and bytes that look like text: each comes as what it was declared.
void tst_CliCalls::kindsOfParameters()
{
    MATRIX_SERVER(live);
    m_url = urlOf(live);
    m_procedure = QStringLiteral("cli_kinds_%1").arg(QCoreApplication::applicationPid());
    const CliResult made = runCli(
        {m_url, QStringLiteral("-")},
        "DROP PROCEDURE IF EXISTS " + m_procedure.toUtf8() + ";\nCREATE PROCEDURE " + m_procedure.toUtf8()
            + "(OUT a TEXT, OUT b VARCHAR(10) CHARACTER SET latin1, OUT c VARBINARY(10), "
              "INOUT d INT) SET a = '\xc3\xbc', b = X'C3BC', c = 'abc', d = d + 1;\n");
    QVERIFY2(made.exitCode == 0, made.describe().constData());
    const QStringList call{m_url,     QStringLiteral("CALL %1(?,?, ? , ?);").arg(m_procedure),
                           QString(), QString(),
                           QString(), QStringLiteral("41")};
    const QByteArray expected
        = "{\"a\":\"\xc3\xbc\",\"b\":\"\xc3\x83\xc2\xbc\",\"c\":{\"base64\":\"YWJj\"},\"d\":42}\n";
    for (const QStringList &mode : {QStringList(), QStringList{QStringLiteral("--protocol=text")}}) {
        const CliResult result = runCli(QStringList{QStringLiteral("--format=ndjson")} + mode + call);
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, expected);
    }
}

// As text a placeholder is a literal, which can be no OUT parameter: those go through variables, as in a
// script.
void tst_CliCalls::protocol()
{
    MATRIX_SERVER(live);
    QCOMPARE(makeProcedure(live), QString());
    const CliResult mixed
        = runCli({QStringLiteral("--protocol=text"), m_url,
                  QStringLiteral("CALL %1(3, ?, @w)").arg(m_procedure), QStringLiteral("1.5")});
    QCOMPARE(mixed.exitCode, 1);
    QCOMPARE(mixed.error().value(u"code").toInt(), 1414); // ER_SP_NOT_VAR_ARG

    const QByteArray script = "SET @t = 2;\nCALL " + m_procedure.toUtf8() + "(4, @t, @w);\nSELECT @t, @w;\n";
    const CliResult variables
        = runCli({QStringLiteral("--format=ndjson"), m_url, QStringLiteral("-")}, script);
    QVERIFY2(variables.exitCode == 0, variables.describe().constData());
    QVERIFY2(variables.output.endsWith("\n\n{\"@t\":\"8.00\",\"@w\":\"two words\"}\n"),
             variables.describe().constData());
}

// --option takes what the URL takes, and wins over it.
void tst_CliCalls::optionsOfTheUrl()
{
    MATRIX_SERVER(live);
    const auto ask = [&live](const QStringList &options, const QString &sql) {
        QStringList arguments{QStringLiteral("--no-header")};
        for (const QString &option : options)
            arguments += {QStringLiteral("--option"), option};
        const CliResult result
            = runCli(arguments + QStringList{urlOf(live) + QStringLiteral("&time-zone=%2B02:00"), sql});
        return result.exitCode == 0 ? result.output : result.describe();
    };
    QCOMPARE(ask({}, QStringLiteral("SELECT @@time_zone")), "+02:00\n");
    QCOMPARE(ask({QStringLiteral("time-zone=+05:00")}, QStringLiteral("SELECT @@time_zone")), "+05:00\n");
    QCOMPARE(ask({QStringLiteral("init-command=SET @a = 1"), QStringLiteral("init-command=SET @b = @a + 1")},
                 QStringLiteral("SELECT @a, @b")),
             "1\t2\n");
    QCOMPARE(ask({QStringLiteral("sql-mode=ANSI_QUOTES")}, QStringLiteral("SELECT @@sql_mode")),
             "ANSI_QUOTES\n");
    // The server's answers come in another character set; what is printed is UTF-8.
    const std::pair<QString, QString> texts[] = {{QStringLiteral("latin1"), QStringLiteral(u"\u00fc")},
                                                 {QStringLiteral("gbk"), QStringLiteral(u"\u4e2d")},
                                                 {QStringLiteral("cp1251"), QStringLiteral(u"\u0416")},
                                                 {QStringLiteral("utf8mb4"), QStringLiteral(u"\u0416")}};
    for (const auto &[charset, text] : texts) {
        const QString sql = QStringLiteral("SELECT '%1' AS `%1`").arg(text);
        const QString option = QStringLiteral("--option=charset=") + charset;
        const CliResult lines = runCli({QStringLiteral("--format=tsv"), option, urlOf(live), sql});
        QVERIFY2(lines.exitCode == 0, lines.describe().constData());
        QCOMPARE(QString::fromUtf8(lines.output), QStringLiteral("%1\n%1\n").arg(text));
        const CliResult json = runCli({QStringLiteral("--format=ndjson"), option, urlOf(live), sql});
        QVERIFY2(json.exitCode == 0, json.describe().constData());
        QCOMPARE(QString::fromUtf8(json.output), QStringLiteral("{\"%1\":\"%1\"}\n").arg(text));
    }
}

QTEST_GUILESS_MAIN(tst_CliCalls)
#include "tst_cli_calls.moc"

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/servermatrix.h"

#include <QFile>
#include <QtTest/QtTest>

#include <cmath>

//! Streaming: flat memory, rows as they come, readers that go away.
class tst_CliStreaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryIsFlat_data() { ServerMatrix::addRows(); }
    void memoryIsFlat();
    void rowsAsTheyCome_data() { ServerMatrix::addRows(); }
    void rowsAsTheyCome();
    void closedPipe_data() { ServerMatrix::addRows(); }
    void closedPipe();
    void fullDevice_data() { ServerMatrix::addRows(); }
    void fullDevice();
};

static QString urlOf(const MatrixServer &server)
{
    return server.url().toString(QUrl::FullyEncoded);
}

//! A SELECT of 10 to the power of \a digits rows of 60 bytes.
static QString manyRows(int digits)
{
    const QString ten = QStringLiteral(
        "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
        "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)");
    QStringList tables;
    for (int i = 0; i < digits; ++i)
        tables += ten + QStringLiteral(" AS t%1").arg(i);
    return QStringLiteral("SELECT REPEAT('x', 60) AS filler FROM ") + tables.join(QStringLiteral(", "));
}

//! "VmHWM" of /proc/<pid>/status: the most memory that the process has had, in KiB.
static qint64 peakMemory(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

//! Peak memory of the tool when it has printed 10 to the power of \a digits rows.
static qint64 peakAfter(const MatrixServer &server, int digits, const QStringList &options)
{
    // The second statement keeps the program alive until it has been looked at.
    const auto process
        = startCli(options + QStringList{QStringLiteral("--no-header"), urlOf(server), QStringLiteral("-")});
    process->write(manyRows(digits).toUtf8() + ";\nSELECT 'end';\nDO SLEEP(60);\n");
    process->closeWriteChannel();
    qint64 rows = 0;
    QByteArray tail;
    while (!tail.endsWith("\n\nend\n") && process->waitForReadyRead(60'000)) {
        const QByteArray part = process->readAllStandardOutput();
        rows += part.count('\n');
        tail += part;
        tail = tail.right(6);
    }
    const qint64 peak = peakMemory(process->processId());
    interruptCli(*process);
    finishCli(process.get());
    return rows == qint64(std::pow(10, digits)) + 2 ? peak : -1;
}

void tst_CliStreaming::memoryIsFlat()
{
#ifdef Q_OS_LINUX
    MATRIX_SERVER(live);
    const QStringList options = {QStringLiteral("--stream")};
    const qint64 few = peakAfter(live, 5, options);
    const qint64 many = peakAfter(live, 6, options);
    qInfo("peak memory: %lld KiB for 100,000 rows, %lld KiB for 1,000,000 rows", few, many);
    QVERIFY(few > 0 && many > 0);
    // 61 MB of data on the way; a part of that for what allocators and sockets do, which varies from run to
    // run.
    QVERIFY2(many < few + 16'384, "memory grows with the rows");
#else
    QSKIP("Reads /proc.");
#endif
}

void tst_CliStreaming::rowsAsTheyCome()
{
    MATRIX_SERVER(live);
    // The second statement never ends by itself: what is read was printed before the program's end.
    const auto process = startCli({QStringLiteral("--stream"), urlOf(live), QStringLiteral("-")});
    process->write("SELECT 42 AS a; SELECT SLEEP(60)");
    process->closeWriteChannel();
    QByteArray output;
    while (!output.contains("42\n") && process->waitForReadyRead(60'000))
        output += process->readAllStandardOutput();
    QCOMPARE(output, "a\n42\n");
    QVERIFY(interruptCli(*process));
    const CliResult result = finishCli(process.get());
    QVERIFY2(result.exitCode == 130, result.describe().constData());
}

void tst_CliStreaming::closedPipe()
{
    MATRIX_SERVER(live);
    const QString script = QStringLiteral("\"$@\" | head -n 2; echo ${PIPESTATUS[0]}");
    for (const QStringList &options : {QStringList(), QStringList{QStringLiteral("--stream")}}) {
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    QStringList{QStringLiteral("-c"), script, QStringLiteral("bash"), cliPath()} + options
                        + QStringList{urlOf(live), manyRows(6)});
        const CliResult result = finishCli(&shell);
        QCOMPARE(result.output, "filler\n" + QByteArray(60, 'x') + "\n141\n");
        QVERIFY2(result.errors.isEmpty(), result.describe().constData());
    }
}

void tst_CliStreaming::fullDevice()
{
    MATRIX_SERVER(live);
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("There is no /dev/full.");
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("exec \"$@\" >/dev/full"), QStringLiteral("sh"),
                 cliPath(), urlOf(live), QStringLiteral("SELECT 1")});
    const CliResult result = finishCli(&shell);
    QVERIFY2(result.exitCode == 1, result.describe().constData());
    QVERIFY2(result.errors.contains("standard output"), result.describe().constData());
}

QTEST_GUILESS_MAIN(tst_CliStreaming)
#include "tst_cli_streaming.moc"

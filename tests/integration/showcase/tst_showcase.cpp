// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QTest>

//! Runs the two browsers as a user does from the command line, without a display.
class tst_Showcase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streams_data();
    void streams();
    void failure_data();
    void failure();
#ifdef BROWSER
    void tour_data()
    {
        ServerMatrix::addRows();
    }
    void tour();
#endif
};

namespace {

// 100,000 rows on any server.
QString manyRows()
{
    return QStringLiteral("WITH RECURSIVE d (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n < 9) "
                          "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n AS id, "
                          "CONCAT('customer ', a.n) AS customer, NULL AS note FROM d a, d b, d c, d e, d f");
}

void addPrograms()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("server");
    for (const QString &server : ServerMatrix::ids()) {
#ifdef BROWSER
        QTest::addRow("browser, %s", qPrintable(server)) << QStringLiteral(BROWSER) << server;
#endif
#ifdef QUICK_BROWSER
        QTest::addRow("quick browser, %s", qPrintable(server)) << QStringLiteral(QUICK_BROWSER) << server;
#endif
    }
}

// A picture of something: a window that shows nothing has few colours.
bool showsSomething(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            colors.insert(image.pixel(x, y));
    }
    return colors.size() > 20;
}

} // namespace

void tst_Showcase::streams_data()
{
    addPrograms();
}

void tst_Showcase::streams()
{
    MATRIX_SERVER(live);
    QFETCH(QString, program);
    QTemporaryDir folder;
    QProcess process;
    process.start(program,
                  {live.url().toString(QUrl::FullyEncoded), QStringLiteral("--sql"), manyRows(),
                   QStringLiteral("--run"), QStringLiteral("--scroll"), QStringLiteral("--stats"),
                   QStringLiteral("--exit-when-done"), QStringLiteral("--screenshot"),
                   folder.filePath(QStringLiteral("shot.png"))});
    QVERIFY2(process.waitForFinished(90'000), qPrintable(process.errorString()));
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, errors.constData());
    const QByteArray figures = process.readAllStandardOutput();
    QVERIFY2(figures.startsWith("rows=100000 seconds="), figures.constData());
    QVERIFY2(figures.contains(" longest-stall-ms="), figures.constData());
    for (const char *name : {"2-done", "3-middle", "4-end"}) {
        const QImage image(folder.filePath(QStringLiteral("shot-%1.png").arg(QLatin1String(name))));
        QVERIFY2(!image.isNull(), name);
        QVERIFY2(showsSomething(image), name);
    }
    // Nothing of Qt or QML to complain about.
    for (const QByteArray &line : errors.split('\n')) {
        const bool complaint
            = line.contains(".qml:") || line.contains("QObject::") || line.contains("Binding loop");
        QVERIFY2(!complaint, line.constData());
    }
}

void tst_Showcase::failure_data()
{
    addPrograms();
}

void tst_Showcase::failure()
{
    MATRIX_SERVER(live);
    QFETCH(QString, program);
    QProcess process;
    process.start(program,
                  {live.url().toString(QUrl::FullyEncoded), QStringLiteral("--sql"),
                   QStringLiteral("SELECT nonsense"), QStringLiteral("--run"),
                   QStringLiteral("--exit-when-done")});
    QVERIFY2(process.waitForFinished(60'000), qPrintable(process.errorString()));
    const QByteArray errors = process.readAllStandardError();
    QCOMPARE(process.exitCode(), 1);
    QVERIFY2(errors.contains("1054"), errors.constData());
    QVERIFY2(live.password.isEmpty() || !errors.contains(live.password.toUtf8()), errors.constData());
}

#ifdef BROWSER
// Every state of the window comes about, and is pictured.
void tst_Showcase::tour()
{
    MATRIX_SERVER(live);
    QTemporaryDir folder;
    QProcess process;
    process.start(QStringLiteral(BROWSER),
                  {live.url().toString(QUrl::FullyEncoded), QStringLiteral("--theme"), QStringLiteral("dark"),
                   QStringLiteral("--tour"), folder.path()});
    QVERIFY2(process.waitForFinished(150'000), qPrintable(process.errorString()));
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, errors.constData());
    QVERIFY2(!errors.contains("QObject::"), errors.constData());
    const QStringList pictures = QDir(folder.path()).entryList({QStringLiteral("*.png")});
    QCOMPARE(pictures.size(), 12);
    for (const QString &name : pictures)
        QVERIFY2(showsSomething(QImage(folder.filePath(name))), qPrintable(name));
}
#endif

QTEST_GUILESS_MAIN(tst_Showcase)
#include "tst_showcase.moc"

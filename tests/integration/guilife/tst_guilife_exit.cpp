// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    GUI life 20: a program ends while its pool opens connections, runs statements, streams and has a
    transaction open. It ends soon and in good order, says nothing on stderr, and the server is soon rid of
    its sessions. (But for std::exit(): that destroys nothing, and a server looks only once in a while for
   whom it runs a statement.)

    At a few moments by default; QASYNCMYSQL_EXITS is how many there are for each way of ending.
*/

#include "guilife.h"

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>

#include <algorithm>

using namespace QAsyncMySql;

class tst_GuiLifeExit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programEnds_data();
    void programEnds();
    void cleanupTestCase();

private:
    struct Times // in ms
    {
        QList<qint64> ends;
        QList<qint64> sessions;
    };
    QMap<QString, Times> m_times;
};

void tst_GuiLifeExit::programEnds_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("how");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *how : {"quit", "exit", "static", "child", "leak", "thread"})
            QTest::addRow("%s, %s", qPrintable(id), how) << id << QString::fromLatin1(how);
    }
}

void tst_GuiLifeExit::programEnds()
{
    MATRIX_SERVER(live);
    QFETCH(QString, how);
    Connection admin;
    VERIFY_OK(await(admin.open(plainOptions(live))));
    // An account of its own tells this program's sessions from those of tests that run at the same time.
    const QString user = QStringLiteral("exit_%1_%2").arg(QCoreApplication::applicationPid()).arg(how);
    for (const QString &sql : {QStringLiteral("DROP USER IF EXISTS '%1'@'%'"),
                               QStringLiteral("CREATE USER '%1'@'%' IDENTIFIED BY 'pw'")})
        VERIFY_OK(await(admin.query(QString(sql).replace(QStringLiteral("%1"), user))));
    QUrl url = live.url(user, QStringLiteral("pw"));
    url.setPath(QString());
    const QString sessions
        = QStringLiteral("SELECT COUNT(*) FROM information_schema.processlist WHERE user = '%1'").arg(user);

    QRandomGenerator random(20);
    const int moments = std::max(2, qEnvironmentVariableIntValue("QASYNCMYSQL_EXITS"));
    for (int i = 0; i < moments; ++i) {
        const int moment = i == 0 ? 300 : random.bounded(150);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_FATAL_WARNINGS"), QStringLiteral("1"));
        // One of the ways to end is to leave everything as it is.
        environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0"));
        program.setProcessEnvironment(environment);
        QElapsedTimer clock; // from the begin of its end
        QSignalSpy finished(&program, &QProcess::finished);
        connect(&program, &QProcess::readyReadStandardOutput, this, [&clock] {
            if (!clock.isValid())
                clock.start();
        });
        qint64 took = -1;
        connect(&program, &QProcess::finished, this, [&] { took = clock.isValid() ? clock.elapsed() : -1; });
        program.start(QStringLiteral(EXITING),
                      {url.toString(QUrl::FullyEncoded), QString::number(moment), how});
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        const QByteArray said = program.readAllStandardError();
        const QByteArray where
            = QByteArray("after ").append(QByteArray::number(moment)).append(" ms: ").append(said);
        QVERIFY2(said.isEmpty(), where.constData());
        QVERIFY2(program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0, where.constData());
        QVERIFY(took >= 0);
        QTRY_COMPARE_WITH_TIMEOUT(numberIn(await(admin.query(sessions))), 0, 20'000);
        m_times[how].ends.append(took);
        m_times[how].sessions.append(clock.elapsed() - took);
        QVERIFY2(took < 10'000, qPrintable(QString::number(took)));
    }
    VERIFY_OK(await(admin.query(QStringLiteral("DROP USER '%1'@'%'").replace(QStringLiteral("%1"), user))));
}

void tst_GuiLifeExit::cleanupTestCase()
{
    for (auto it = m_times.begin(); it != m_times.end(); ++it) {
        Times &times = it.value();
        std::sort(times.ends.begin(), times.ends.end());
        std::sort(times.sessions.begin(), times.sessions.end());
        qInfo("%lld times by \"%s\": ended after %lld ms in the middle, %lld ms at most; the last session "
              "was gone "
              "%lld ms later, %lld ms at most",
              qlonglong(times.ends.size()), qPrintable(it.key()), times.ends[times.ends.size() / 2],
              times.ends.last(), times.sessions[times.sessions.size() / 2], times.sessions.last());
    }
}

QTEST_GUILESS_MAIN(tst_GuiLifeExit)
#include "tst_guilife_exit.moc"

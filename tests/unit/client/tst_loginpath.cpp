// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/loginpathfile.h"

#include <QAsyncMySql/loginpath.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Test::loginPathFileOf;

/*
    Files as mysql_config_editor writes them, made here by hand.
*/
class tst_LoginPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read();
    void values_data();
    void values();
    void theNameWins();
    void names();
    void whereItIs();
    void permissions_data();
    void permissions();
    void damaged_data();
    void damaged();
    void noSuchPath();
    void noOtherFiles();

private:
    QString write(const QByteArray &bytes);

    QTemporaryDir m_directory;
    int m_files = 0;
};

namespace {

const char twoPaths[] = "[client]\n"
                        "user = \"everybody\"\n"
                        "port = 3310\n"
                        "[shop]\n"
                        "user = \"ada\"\n"
                        "password = \"se#cret\"\n"
                        "host = \"db.example\"\n"
                        "[other]\n"
                        "socket = \"/run/other.sock\"\n";

} // namespace

QString tst_LoginPath::write(const QByteArray &bytes)
{
    const QString path = m_directory.filePath(QStringLiteral("login%1.cnf").arg(++m_files));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return path;
}

void tst_LoginPath::read()
{
    const QString file = write(loginPathFileOf(twoPaths));
    ConnectOptions options;
    options.setDatabase(QStringLiteral("kept"));
    const Result<void> done = readLoginPath(options, QStringLiteral("shop"), file);
    QVERIFY2(done, qPrintable(done.error().message()));
    QCOMPARE(options.user(), QStringLiteral("ada"));
    QCOMPARE(options.password(), Secret(QStringLiteral("se#cret")));
    QCOMPARE(options.host(), QStringLiteral("db.example"));
    QCOMPARE(options.port(), quint16(3310)); // of [client]
    QCOMPARE(options.database(), QStringLiteral("kept"));
    QVERIFY(options.socketPath().isEmpty());

    ConnectOptions plain;
    QVERIFY(readLoginPath(plain, QStringLiteral("client"), file));
    QCOMPARE(plain.user(), QStringLiteral("everybody"));
    QVERIFY(plain.password().isEmpty());
    QVERIFY(readLoginPath(plain, QStringLiteral("other"), file));
    QCOMPARE(plain.socketPath(), QStringLiteral("/run/other.sock"));
}

void tst_LoginPath::values_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("password");

    QTest::newRow("quoted") << QByteArray("password = \"a b\"") << QStringLiteral("a b");
    QTest::newRow("as old versions write it") << QByteArray("password = ab") << QStringLiteral("ab");
    QTest::newRow("escapes") << QByteArray("password = \"a\\\"b\\\\c\"") << QStringLiteral("a\"b\\c");
    QTest::newRow("of one block") << QByteArray("password = abcd") << QStringLiteral("abcd");
    QTest::newRow("long") << "password = \"" + QByteArray(2000, 'x') + '"' << QString(2000, u'x');
    QTest::newRow("UTF-8") << QByteArray("password = \"\xc3\xbc\"") << QStringLiteral("\u00fc");
}

void tst_LoginPath::values()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, password);
    ConnectOptions options;
    const Result<void> done
        = readLoginPath(options, QStringLiteral("x"), write(loginPathFileOf("[x]\n" + line + '\n')));
    QVERIFY2(done, qPrintable(done.error().message()));
    QVERIFY(options.password() == Secret(password));
}

void tst_LoginPath::theNameWins()
{
    ConnectOptions options;
    QVERIFY(readLoginPath(options, QStringLiteral("x"),
                          write(loginPathFileOf("[x]\nuser = \"mine\"\n[client]\nuser = \"everybody\"\n"))));
    QCOMPARE(options.user(), QStringLiteral("mine"));
}

void tst_LoginPath::names()
{
    const Result<QStringList> paths = loginPaths(write(loginPathFileOf(twoPaths)));
    QVERIFY(paths);
    QCOMPARE(*paths,
             (QStringList{QStringLiteral("client"), QStringLiteral("shop"), QStringLiteral("other")}));
    const Result<QStringList> none = loginPaths(write(loginPathFileOf({})));
    QVERIFY(none);
    QCOMPARE(*none, QStringList());
}

void tst_LoginPath::whereItIs()
{
    qunsetenv("MYSQL_TEST_LOGIN_FILE");
    QVERIFY(loginPathFile().endsWith(u".mylogin.cnf"));
    const QString file = write(loginPathFileOf(twoPaths));
    qputenv("MYSQL_TEST_LOGIN_FILE", file.toUtf8());
    QCOMPARE(loginPathFile(), file);
    ConnectOptions options;
    QVERIFY(readLoginPath(options));
    QCOMPARE(options.user(), QStringLiteral("everybody"));
    qunsetenv("MYSQL_TEST_LOGIN_FILE");
}

void tst_LoginPath::permissions_data()
{
    QTest::addColumn<QFileDevice::Permissions>("more");

    QTest::newRow("group reads") << QFileDevice::Permissions(QFileDevice::ReadGroup);
    QTest::newRow("group writes") << QFileDevice::Permissions(QFileDevice::WriteGroup);
    QTest::newRow("others read") << QFileDevice::Permissions(QFileDevice::ReadOther);
    QTest::newRow("others write") << QFileDevice::Permissions(QFileDevice::WriteOther);
}

void tst_LoginPath::permissions()
{
#ifndef Q_OS_UNIX
    QSKIP("Files have other permissions here.");
#endif
    QFETCH(const QFileDevice::Permissions, more);
    const QString file = write(loginPathFileOf(twoPaths));
    QVERIFY(QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner | more));
    ConnectOptions options;
    const Result<void> done = readLoginPath(options, QStringLiteral("shop"), file);
    QVERIFY(!done);
    QCOMPARE(done.error().kind(), Error::Kind::Usage);
    QVERIFY2(done.error().message().contains(file) && done.error().message().contains(u"chmod 600"),
             qPrintable(done.error().message()));
    QVERIFY(!loginPaths(file));
    QVERIFY(options == ConnectOptions());
}

void tst_LoginPath::damaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");

    const QByteArray good = loginPathFileOf(twoPaths);
    QTest::newRow("empty") << QByteArray() << QStringLiteral("is damaged at byte 0: it ends before its key");
    QTest::newRow("cut in the key") << good.first(23) << QStringLiteral("at byte 23: it ends before its key");
    QTest::newRow("cut in a length") << good.first(26) << QStringLiteral("at byte 24: it ends within");
    QTest::newRow("cut in a line") << good.first(30) << QStringLiteral("no line can be 16 bytes long there");
    QByteArray huge = good;
    huge.replace(24, 4, "\xff\xff\xff\xff");
    QTest::newRow("huge length") << huge << QStringLiteral("no line can be 4294967295 bytes long there");
    QByteArray odd = good;
    odd[24] = 15;
    QTest::newRow("no whole block") << odd << QStringLiteral("no line can be 15 bytes long there");
    QByteArray none = good;
    none[24] = 0;
    QTest::newRow("no block") << none << QStringLiteral("no line can be 0 bytes long there");
    QByteArray changed = good;
    changed[43] = char(changed.at(43) ^ 1);
    QTest::newRow("changed") << changed << QStringLiteral("at byte 28: the line cannot be deciphered");
    QTest::newRow("a text") << QByteArray("[client]\npassword = se#cret and more\n")
                            << QStringLiteral("is damaged at byte 24");
    QTest::newRow("directive") << loginPathFileOf("[x]\n!include /etc/my.cnf\n")
                               << QStringLiteral("has no login path \"shop\"; it has: x");
}

void tst_LoginPath::damaged()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, says);
    const QString file = write(bytes);
    ConnectOptions options;
    const Result<void> done = readLoginPath(options, QStringLiteral("shop"), file);
    QVERIFY(!done);
    QCOMPARE(done.error().kind(), Error::Kind::Usage);
    const QString message = done.error().message();
    QVERIFY2(message.contains(file) && message.contains(says), qPrintable(message));
    QVERIFY2(!message.contains(u"se#cret"), qPrintable(message));
    QVERIFY(options == ConnectOptions());
}

void tst_LoginPath::noSuchPath()
{
    ConnectOptions options;
    const Result<void> other
        = readLoginPath(options, QStringLiteral("shpo"), write(loginPathFileOf(twoPaths)));
    QVERIFY(!other);
    QVERIFY2(other.error().message().contains(u"has no login path \"shpo\"; it has: client, shop, other"),
             qPrintable(other.error().message()));
    const Result<void> missing
        = readLoginPath(options, QStringLiteral("shop"), m_directory.filePath(QStringLiteral("none.cnf")));
    QVERIFY(!missing);
    QVERIFY2(missing.error().message().contains(u"none.cnf\" does not exist; mysql_config_editor"),
             qPrintable(missing.error().message()));
    QVERIFY(options == ConnectOptions());
}

// A line that includes a file is an option that is not known.
void tst_LoginPath::noOtherFiles()
{
    ConnectOptions options;
    const Result<void> done = readLoginPath(options, QStringLiteral("shop"),
                                            write(loginPathFileOf("[shop]\n!include /etc/hostname\n")));
    QVERIFY(!done);
    QVERIFY2(done.error().message().contains(u":2: ") && done.error().message().contains(u"unknown"),
             qPrintable(done.error().message()));
}

QTEST_APPLESS_MAIN(tst_LoginPath)
#include "tst_loginpath.moc"

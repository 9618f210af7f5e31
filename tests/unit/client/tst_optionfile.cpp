// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace QAsyncMySql;

class tst_OptionFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usualFile();
    void values_data();
    void values();
    void switches_data();
    void switches();
    void errors_data();
    void errors();
    void groups();
    void groupSuffix();
    void laterWins();
    void includes();
    void includeLoop();
    void missing();
    void writableByAll();
    void defaultFiles();
    void nothingIsLost();

private:
    QString write(const QByteArray &text, const QString &name = QStringLiteral("my.cnf"))
    {
        const QString path = m_directory.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return path;
    }
    Result<ConnectOptions> read(const QByteArray &text)
    {
        return ConnectOptions::fromOptionFile(write(text));
    }

    QTemporaryDir m_directory;
};

void tst_OptionFile::usualFile()
{
    const auto options = read("# a comment\n"
                              "; another\n"
                              "[mysqld]\n"
                              "nonsense = 1\n"
                              "\n"
                              "[client]\r\n"
                              "  user = 'some body'  # behind\r\n"
                              "password=\"#secret;'\"\n"
                              "host = db.example\n"
                              "port=3307\n"
                              "socket=/run/db.sock\n"
                              "connect_timeout=7\n"
                              "max_allowed_packet=32M\n"
                              "default-character-set = latin1\n"
                              "init-command = SET @a = 1\n"
                              "compression-algorithms=zstd,uncompressed\n"
                              "zstd_compression_level=5\n"
                              "no-auto-rehash\n"
                              "prompt = \\u@\\h\n"
                              "[mysql]\n"
                              "more_nonsense\n"
                              "[qasyncmysql]\n"
                              "database=shop\n"
                              "command-timeout=2500\n");
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->user(), QStringLiteral("some body"));
    QCOMPARE(options->password(), Secret(QStringLiteral("#secret;'")));
    QCOMPARE(options->host(), QStringLiteral("db.example"));
    QCOMPARE(options->port(), 3307);
    QCOMPARE(options->socketPath(), QStringLiteral("/run/db.sock"));
    QCOMPARE(options->connectTimeout(), std::chrono::seconds(7)); // the client counts seconds
    QCOMPARE(options->commandTimeout(), std::chrono::milliseconds(2500)); // which is ours
    QCOMPARE(options->maxPacketSize(), 32 << 20);
    QCOMPARE(options->charset(), QStringLiteral("latin1"));
    QCOMPARE(options->initCommands(), QStringList{QStringLiteral("SET @a = 1")});
    const QList<Compression> algorithms{Compression::Zstd, Compression::Uncompressed};
    QCOMPARE(options->compression(), algorithms);
    QCOMPARE(options->compressionLevel(), 5);
    QCOMPARE(options->database(), QStringLiteral("shop"));
}

void tst_OptionFile::values_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("user");
    const auto row = [](const char *text, const char *user) {
        QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(user);
    };
    row("user=a", "a");
    row("user = a b ", "a b");
    row("user=\"a b \"", "a b ");
    row("user='a \"b\"'", "a \"b\"");
    row("user=a#b", "a");
    row("user='a#b' # c", "a#b");
    row("user=a\\sb", "a b");
    row("user=a\\tb\\\\c", "a\tb\\c");
    row("user=a\\qb", "a\\qb");
    row("user='it\\'s # one'", "it's # one");
    row("user=", "");
    row("user=a=b", "a=b");
    row("user=m\xC3\xBCller", "m\xC3\xBCller");
    row("USER=a", "a");
}

void tst_OptionFile::values()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, user);
    const auto options = read("[client]\n" + text + '\n');
    QVERIFY2(options, qPrintable(options.error().message()));
    // An empty name is a name: setUser() with a null string would be the system's.
    if (!user.isEmpty())
        QCOMPARE(options->user(), user);
}

void tst_OptionFile::switches_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<SslMode>("mode");
    QTest::addColumn<bool>("compressed");
    const auto row = [](const char *text, SslMode mode, bool compressed) {
        QTest::newRow(text) << QByteArray(text) << mode << compressed;
    };
    row("compress", SslMode::Automatic, true);
    row("compress=0", SslMode::Automatic, false);
    row("compress\nskip-compress", SslMode::Automatic, false);
    row("enable-compress", SslMode::Automatic, true);
    row("compress\ndisable_compress", SslMode::Automatic, false);
    row("loose_compress=ON", SslMode::Automatic, true);
    row("loose-nonsense=5", SslMode::Automatic, false);
    row("ssl", SslMode::Required, false);
    row("skip-ssl", SslMode::Disabled, false);
    row("ssl=0", SslMode::Disabled, false);
    row("ssl-verify-server-cert", SslMode::VerifyIdentity, false);
    row("ssl-verify-server-cert\nssl", SslMode::VerifyIdentity, false);
    row("skip-ssl-verify-server-cert", SslMode::Preferred, false);
    row("ssl-mode=VERIFY_CA", SslMode::VerifyCa, false);
}

void tst_OptionFile::switches()
{
    QFETCH(QByteArray, text);
    QFETCH(SslMode, mode);
    QFETCH(bool, compressed);
    const auto options = read("[client]\n" + text + '\n');
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->sslMode(), mode);
    QCOMPARE(options->compression().contains(Compression::Zlib), compressed);
}

void tst_OptionFile::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *text, int line, const char *names) {
        QTest::newRow(text) << QByteArray(text) << QStringLiteral("my.cnf:%1: ").arg(line)
                            << QString::fromLatin1(names);
    };
    row("user=a\n", 1, "before the first [group]");
    row("[client\nuser=a\n", 1, "not closed");
    row("[client]\n\nnonsense=1\n", 3, "\"nonsense\"");
    row("[client]\nport=abc\n", 2, "\"port\"");
    row("[client]\nport\n", 2, "needs a value");
    row("[client]\npassword\n", 2, "typed");
    row("[client]\n# x\nconnect-timeout=1.5\n", 3, "seconds");
    row("[client]\ncompress=perhaps\n", 2, "\"compress\"");
    row("[client]\nskip-compress=1\n", 2, "takes no value");
    row("[client]\nskip-user\n", 2, "no switch");
    row("[client]\n=5\n", 2, "without the name");
    row("[client]\nprotocol=carrier-pigeon\n", 2, "carrier-pigeon");
    row("[client]\nloose-port=x\n", 2, "\"port\"");
    row("[client]\nssl-crl=/x\n", 2, "\"ssl-crl\""); // what is asked for safety is not passed over
    row("!import x\n", 1, "!include");
    row("!include /does/not/exist\n", 1, "/does/not/exist");
    row("[client]\n!includedir /does/not/exist\n", 2, "/does/not/exist");
}

void tst_OptionFile::errors()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QFETCH(QString, names);
    const auto options = read(text);
    QVERIFY(!options);
    QCOMPARE(options.error().kind(), Error::Kind::Usage);
    QVERIFY2(options.error().message().contains(place), qPrintable(options.error().message()));
    QVERIFY2(options.error().message().contains(names), qPrintable(options.error().message()));
}

void tst_OptionFile::groups()
{
    const QString path = write("[client]\nuser=a\n[my program]\nuser=b\n[ client ]\nhost=h\n");
    QCOMPARE(ConnectOptions::fromOptionFile(path)->user(), QStringLiteral("a"));
    QCOMPARE(ConnectOptions::fromOptionFile(path)->host(), QStringLiteral("h"));
    QCOMPARE(ConnectOptions::fromOptionFile(path, {QStringLiteral("my program")})->user(),
             QStringLiteral("b"));
    QVERIFY(*ConnectOptions::fromOptionFile(path, {QStringLiteral("none")}) == ConnectOptions());
}

void tst_OptionFile::groupSuffix()
{
    const QString path = write("[client]\nuser=a\n[client_test]\nuser=b\n");
    qputenv("MYSQL_GROUP_SUFFIX", "_test");
    const auto options = ConnectOptions::fromOptionFile(path);
    qunsetenv("MYSQL_GROUP_SUFFIX");
    QCOMPARE(options->user(), QStringLiteral("b"));
    QCOMPARE(ConnectOptions::fromOptionFile(path)->user(), QStringLiteral("a"));
}

void tst_OptionFile::laterWins()
{
    const QString path = write("[client]\nuser=a\nhost=x\n[qasyncmysql]\nuser=b\n[client]\nhost=y\n");
    ConnectOptions options = *ConnectOptions::fromOptionFile(path);
    QCOMPARE(options.user(), QStringLiteral("b"));
    QCOMPARE(options.host(), QStringLiteral("y"));
    options.setHost(QStringLiteral("explicit"));
    QCOMPARE(options.host(), QStringLiteral("explicit"));
    QVERIFY(options.readUrl(QStringLiteral("mysql://url")));
    QCOMPARE(options.host(), QStringLiteral("url"));
    QCOMPARE(options.user(), QStringLiteral("b"));
}

void tst_OptionFile::includes()
{
    QVERIFY(QDir(m_directory.path()).mkpath(QStringLiteral("conf.d")));
    write("[client]\nhost=first\n", QStringLiteral("conf.d/1.cnf"));
    write("[client]\nhost=second\nport=2\n", QStringLiteral("conf.d/2.cnf"));
    write("nonsense\n", QStringLiteral("conf.d/readme.txt"));
    write("[client]\nuser=included\n", QStringLiteral("other.cnf"));
    const auto options = read("!include other.cnf\n!includedir conf.d\n[client]\ndatabase=d\n");
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->user(), QStringLiteral("included"));
    QCOMPARE(options->host(), QStringLiteral("second"));
    QCOMPARE(options->port(), 2);
    QCOMPARE(options->database(), QStringLiteral("d"));

    write("[client]\nport=x\n", QStringLiteral("other.cnf"));
    const auto bad = read("!include other.cnf\n");
    QVERIFY(!bad);
    QVERIFY2(bad.error().message().contains(u"other.cnf:2: "), qPrintable(bad.error().message()));
}

void tst_OptionFile::includeLoop()
{
    write("!include b.cnf\n", QStringLiteral("a.cnf"));
    write("[client]\nuser=u\n!include a.cnf\n", QStringLiteral("b.cnf"));
    const auto options = ConnectOptions::fromOptionFile(m_directory.filePath(QStringLiteral("a.cnf")));
    QVERIFY(!options);
    QVERIFY2(options.error().message().contains(u"includes itself"), qPrintable(options.error().message()));
    QVERIFY(options.error().message().contains(u"b.cnf:3: "));
}

void tst_OptionFile::missing()
{
    const auto options = ConnectOptions::fromOptionFile(m_directory.filePath(QStringLiteral("nowhere.cnf")));
    QVERIFY(!options);
    QVERIFY(options.error().message().contains(u"nowhere.cnf"));
    const auto directory = ConnectOptions::fromOptionFile(m_directory.path());
    QVERIFY(!directory);
    QVERIFY(directory.error().message().contains(u"not a file"));
}

void tst_OptionFile::writableByAll()
{
    const QString path = write("[client]\nuser=u\n");
    QVERIFY(QFile::setPermissions(
        path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::WriteOther));
    const auto options = ConnectOptions::fromOptionFile(path);
    QVERIFY(!options);
    QVERIFY(options.error().message().contains(u"every user"));
    QFile::remove(path);
}

void tst_OptionFile::defaultFiles()
{
    write("[client]\nhost=from-home\n", QStringLiteral(".my.cnf"));
    write("[client]\nhost=from-mysql-home\nuser=somebody\n");
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", m_directory.path().toLocal8Bit());
    qputenv("MYSQL_HOME", m_directory.path().toLocal8Bit());
    const auto options = ConnectOptions::fromDefaultOptionFiles();
    qputenv("HOME", home);
    qunsetenv("MYSQL_HOME");
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->host(), QStringLiteral("from-home"));
    QCOMPARE(options->user(), QStringLiteral("somebody"));
}

// A file that is wrong at its end changes nothing.
void tst_OptionFile::nothingIsLost()
{
    ConnectOptions options;
    options.setUser(QStringLiteral("before"));
    QVERIFY(!options.readOptionFile(write("[client]\nuser=after\nnonsense\n")));
    QCOMPARE(options.user(), QStringLiteral("before"));
}

QTEST_GUILESS_MAIN(tst_OptionFile)
#include "tst_optionfile.moc"

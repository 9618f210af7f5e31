// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/connectoptions.h>

#include <QtTest/QTest>

using namespace QAsyncMySql;

class tst_ConnectOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlAndBack();
    void severalHosts();
    void urlErrors_data();
    void urlErrors();
    void passwordsAreNotRepeated_data();
    void passwordsAreNotRepeated();
    void honestAtSign();
    void urlOnTopOfOthers();
    void setOption();
    void sizes();
    void compression();
    void validation_data();
    void validation();
    void environment();
    void equality();
};

void tst_ConnectOptions::urlAndBack()
{
    const auto options = ConnectOptions::fromUrl(QStringLiteral(
        "mariadb://m%40x:p%3Aw%2F%3F%23%25@[::1]:3307/sch%2Dema?ssl-mode=required&connect_timeout=1500"
        "&compression=ZSTD,zlib,UNCOMPRESSED&compression-level=9&compression-minimum=200&interactive=1"
        "&ignore-space=on&found-rows=true&multi-statements=yes&charset=latin1&collation=latin1_bin&time-zone="
        "UTC"
        "&sql-mode=ANSI&init-command=SELECT%201&init-command=SELECT%202&max-packet=2M"
        "&disabled-capabilities=DEPRECATE_EOF,SESSION_TRACK&track-variables=a,b&track-transactions=1"
        "&bind-address=127.0.0.7&keep-alive=20"));
    QVERIFY2(options, qPrintable(options.error().toString()));
    QCOMPARE(options->user(), QStringLiteral("m@x"));
    QCOMPARE(options->password(), Secret(QStringLiteral("p:w/?#%")));
    QCOMPARE(options->host(), QStringLiteral("::1"));
    QCOMPARE(options->port(), 3307);
    QCOMPARE(options->database(), QStringLiteral("sch-ema"));
    QCOMPARE(options->sslMode(), SslMode::Required);
    QCOMPARE(options->connectTimeout(), std::chrono::milliseconds(1500));
    const QList<Compression> algorithms{Compression::Zstd, Compression::Zlib, Compression::Uncompressed};
    QCOMPARE(options->compression(), algorithms);
    QCOMPARE(options->compressionLevel(), 9);
    QCOMPARE(options->compressionMinimum(), 200);
    QVERIFY(options->interactive() && options->ignoreSpace() && options->foundRows());
    QCOMPARE(options->initCommands().size(), 2);
    QCOMPARE(options->maxPacketSize(), 2 << 20);
    QCOMPARE(options->trackedVariables(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(options->transactionTracking());
    QCOMPARE(options->localAddress(), QHostAddress(QStringLiteral("127.0.0.7")));
    QCOMPARE(options->keepAlive(), std::chrono::seconds(20));
    QVERIFY(options->validate());

    QVERIFY(!options->toString().contains(u"p:w") && !options->toString().contains(u"p%3Aw"));
    ConnectOptions again = *ConnectOptions::fromUrl(options->toUrl());
    QVERIFY(!(again == *options)); // without the password
    again.setPassword(options->password());
    QVERIFY(again == *options);
}

void tst_ConnectOptions::severalHosts()
{
    const auto options = ConnectOptions::fromUrl(
        QStringLiteral("mysql://anna:a%2Cb@h1:3307,h2,[::1]:3308/shop?charset=latin1"));
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->host(), QStringLiteral("h1"));
    QCOMPARE(options->port(), 3307);
    QCOMPARE(options->alternativeHosts(), (QStringList{QStringLiteral("h2"), QStringLiteral("[::1]:3308")}));
    QCOMPARE(options->database(), QStringLiteral("shop"));
    QCOMPARE(options->charset(), QStringLiteral("latin1"));
    QVERIFY(options->validate());
    ConnectOptions again = *ConnectOptions::fromUrl(options->toUrl());
    again.setPassword(options->password());
    QVERIFY(again == *options);
    QVERIFY(!(ConnectOptions(*options).setAlternativeHosts({}) == *options));
    // By its name, too; and commas elsewhere are none of its business.
    QVERIFY(again.setOption(QStringLiteral("alternative-hosts"), QStringLiteral("a:1, b")));
    QCOMPARE(again.alternativeHosts(), (QStringList{QStringLiteral("a:1"), QStringLiteral("b")}));
    const auto single = ConnectOptions::fromUrl(QStringLiteral("mysql://u:p,q@h/s?compression=ZSTD,ZLIB"));
    QVERIFY2(single, qPrintable(single.error().message()));
    QCOMPARE(single->host(), QStringLiteral("h"));
    QVERIFY(single->alternativeHosts().isEmpty());
    for (const char *wrong : {"h2:0", "h2:port", "[::1", "[::1]x", "", " ", "a b"}) {
        const auto refused
            = ConnectOptions().setAlternativeHosts({QString::fromLatin1(wrong)}).validate().error();
        QVERIFY2(refused.message().contains(u"alternative host"), wrong);
    }
    QVERIFY(ConnectOptions::fromUrl(QStringLiteral("mysql://h1,h2:x/s"))
                .error()
                .message()
                .contains(u"Host 2 of the 2"));
}

void tst_ConnectOptions::urlErrors_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *url, const char *names) {
        QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(names);
    };
    row("mysql://h/s?nonsense=1", "\"nonsense\"");
    row("mysql://h/s?charset=utf8mb4&charset=ascii", "\"charset\" twice");
    row("mysql://h/s?connect-timeout=soon", "milliseconds");
    row("mysql://h/s?compression=LZ4", "\"LZ4\"");
    row("mysql://h/s?compression=ZLIB,ZLIB", "\"ZLIB,ZLIB\"");
    row("mysql://h/s?max-packet=12X", "bytes");
    row("mysql://h/s?max-packet=9999999999G", "bytes");
    row("mysql://h/a/b", "\"a/b\"");
    row("http://h/", "\"http\"");
    row("h/s", "no scheme");
    row("mysql://h/s?bind-address=here", "an IPv4 or IPv6 address");
    row("mysql://h/s?keep-alive=soon", "a number of seconds");
    row("mysql://h/s?interactive=perhaps", "true or false");
}

void tst_ConnectOptions::urlErrors()
{
    QFETCH(QString, url);
    QFETCH(QString, names);
    const auto options = ConnectOptions::fromUrl(url);
    QVERIFY(!options);
    QCOMPARE(options.error().kind(), Error::Kind::Usage);
    QVERIFY2(options.error().message().contains(names), qPrintable(options.error().message()));
}

// Pitfall 40: a password with a / ? # or @ that is not encoded is taken apart by every reader of URLs.
void tst_ConnectOptions::passwordsAreNotRepeated_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {
             "mysql://root:12?34hunter2@db.example/shop",
             "mysql://root:12/34hunter2@db.example/shop",
             "mysql://root:12/34hunter2@db.example",
             "mysql://root:12#34hunter2@db.example/shop",
             "mysql://root:12?charset=34hunter2@db.example/shop",
             "mysql://root:a@b?hunter2@db.example/shop",
             "mysql://root:a@b/hunter2@db.example/shop",
             "mysql://root:hunter2?a@db.example/shop",
             "mysql://root:hunter2/a@db.example/shop",
             "mysql://root:hunter2#a@db.example/shop",
             "mysql://root:0/hunter2@db.example/shop",
             "mysql://root:hun%ter2@db.example/shop",
             "mysql://root:12,34/hunter2@db.example/shop",
             "mysql://root:12/,hunter2@db.example/shop",
             "mysql:root:hunter2@db.example/shop",
             "root:hunter2@db.example/shop",
             "root:hunter2@db.example/shop?ssl-mode=nonsense",
         })
        QTest::newRow(url) << QString::fromLatin1(url);
}

void tst_ConnectOptions::passwordsAreNotRepeated()
{
    QFETCH(QString, url);
    const auto options = ConnectOptions::fromUrl(url);
    QVERIFY(!options);
    QVERIFY2(!options.error().toString().contains(u"hunter2"), qPrintable(options.error().message()));
    QVERIFY2(!options.error().toString().contains(u"34"), qPrintable(options.error().message()));
}

void tst_ConnectOptions::honestAtSign()
{
    const auto options = ConnectOptions::fromUrl(QStringLiteral("mysql://u:p@h/s?init-command=SET%20@a=1"));
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->initCommands(), QStringList{QStringLiteral("SET @a=1")});
    QVERIFY(ConnectOptions::fromUrl(QStringLiteral("mysql://h/s?init-command=SET%20%40a=1")));
}

void tst_ConnectOptions::urlOnTopOfOthers()
{
    ConnectOptions options;
    options.setUser(QStringLiteral("u"))
        .setDatabase(QStringLiteral("kept"))
        .setCharset(QStringLiteral("ascii"));
    QVERIFY(options.readUrl(QStringLiteral("mysql://host:99?collation=ascii_bin")));
    QCOMPARE(options.host(), QStringLiteral("host"));
    QCOMPARE(options.port(), 99);
    QCOMPARE(options.user(), QStringLiteral("u"));
    QCOMPARE(options.database(), QStringLiteral("kept"));
    QCOMPARE(options.charset(), QStringLiteral("ascii"));
    const ConnectOptions before = options;
    QVERIFY(!options.readUrl(QStringLiteral("mysql://other/?charset=latin1&nonsense=1")));
    QVERIFY(options == before);
}

void tst_ConnectOptions::setOption()
{
    ConnectOptions options;
    QVERIFY(options.setOption(QStringLiteral("Host"), QStringLiteral("db")));
    QVERIFY(options.setOption(QStringLiteral("port"), QStringLiteral("44")));
    QVERIFY(options.setOption(QStringLiteral("password"), QStringLiteral("p w")));
    QVERIFY(options.setOption(QStringLiteral("statement_cache"), QStringLiteral("3")));
    QCOMPARE(options.host(), QStringLiteral("db"));
    QCOMPARE(options.port(), 44);
    QCOMPARE(options.password(), Secret(QStringLiteral("p w")));
    QCOMPARE(options.statementCacheSize(), 3);
    const auto unknown = options.setOption(QStringLiteral("colour"), QStringLiteral("red"));
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message().contains(u"\"colour\""));
    for (const QString &port :
         {QStringLiteral("0"), QStringLiteral("65536"), QStringLiteral("x"), QString()}) {
        const auto bad = options.setOption(QStringLiteral("port"), port);
        QVERIFY(!bad);
        QVERIFY(bad.error().message().contains(u"\"port\""));
    }
    QCOMPARE(options.port(), 44);
}

void tst_ConnectOptions::sizes()
{
    ConnectOptions options;
    const QString name = QStringLiteral("max-packet");
    QVERIFY(options.setOption(name, QStringLiteral("4096")));
    QCOMPARE(options.maxPacketSize(), 4096);
    QVERIFY(options.setOption(name, QStringLiteral("3k")));
    QCOMPARE(options.maxPacketSize(), 3072);
    QVERIFY(options.setOption(name, QStringLiteral("1G")));
    QCOMPARE(options.maxPacketSize(), 1 << 30);
    for (const char *bad : {"", "M", "-1", "1MM", "1.5M"})
        QVERIFY2(!options.setOption(name, QString::fromLatin1(bad)), bad);
}

void tst_ConnectOptions::compression()
{
    ConnectOptions options;
    QCOMPARE(options.compression(), QList<Compression>{Compression::Uncompressed});
    options.setUser(QStringLiteral("u")).setCompression(Compression::Zstd);
    QVERIFY(options.toString().contains(u"compression=ZSTD"));
    QVERIFY(options.validate());
}

void tst_ConnectOptions::validation_data()
{
    QTest::addColumn<ConnectOptions>("options");
    QTest::addColumn<QString>("names");
    QTest::newRow("no algorithm") << ConnectOptions().setCompression(QList<Compression>()) << "compression";
    QTest::newRow("level") << ConnectOptions().setCompressionLevel(23) << "23";
    QTest::newRow("negative level") << ConnectOptions().setCompressionLevel(-1) << "-1";
    QTest::newRow("minimum") << ConnectOptions().setCompressionMinimum(-5) << "-5";
    QTest::newRow("capability") << ConnectOptions().setDisabledCapabilities({QStringLiteral("WINGS")})
                                << "\"WINGS\"";
    QTest::newRow("needed capability")
        << ConnectOptions().setDisabledCapabilities({QStringLiteral("PROTOCOL_41")}) << "\"PROTOCOL_41\"";
    QTest::newRow("charset") << ConnectOptions().setCharset(QStringLiteral("utf8mb4; DROP"))
                             << "utf8mb4; DROP";
    QTest::newRow("variable") << ConnectOptions().setTrackedVariables({QStringLiteral("a'b")}) << "\"a'b\"";
}

void tst_ConnectOptions::validation()
{
    QFETCH(ConnectOptions, options);
    QFETCH(QString, names);
    const auto valid = options.setUser(QStringLiteral("u")).validate();
    QVERIFY(!valid);
    QVERIFY2(valid.error().message().contains(names), qPrintable(valid.error().message()));
}

void tst_ConnectOptions::environment()
{
    const std::pair<const char *, const char *> variables[]
        = {{"MYSQL_HOST", "envhost"}, {"MYSQL_TCP_PORT", "4406"}, {"MYSQL_UNIX_PORT", "/run/x.sock"},
           {"MYSQL_USER", "envuser"}, {"MYSQL_PWD", "envsecret"}, {"MYSQL_DATABASE", "envschema"}};
    for (const auto &[name, value] : variables)
        qputenv(name, value);
    const auto options = ConnectOptions::fromEnvironment();
    qputenv("MYSQL_TCP_PORT", "many");
    const auto bad = ConnectOptions::fromEnvironment();
    for (const auto &[name, value] : variables)
        qunsetenv(name);
    QVERIFY2(options, qPrintable(options.error().message()));
    QCOMPARE(options->host(), QStringLiteral("envhost"));
    QCOMPARE(options->port(), 4406);
    QCOMPARE(options->socketPath(), QStringLiteral("/run/x.sock"));
    QCOMPARE(options->user(), QStringLiteral("envuser"));
    QCOMPARE(options->password(), Secret(QStringLiteral("envsecret")));
    QCOMPARE(options->database(), QStringLiteral("envschema"));
    QVERIFY(!options->toString().contains(u"envsecret"));
    QVERIFY(!bad);
    QVERIFY2(bad.error().message().contains(u"MYSQL_TCP_PORT"), qPrintable(bad.error().message()));
    QVERIFY(*ConnectOptions::fromEnvironment() == ConnectOptions());
}

// A pool takes connections with equal options for alike: each option must count.
void tst_ConnectOptions::equality()
{
    const ConnectOptions base;
    QVERIFY(base == ConnectOptions());
    QVERIFY(!(base == ConnectOptions().setCompression(Compression::Zlib)));
    // Qt's default is the same whether it was set or not.
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    QVERIFY(base.sslConfiguration() == tls);
    QVERIFY(ConnectOptions().setSslConfiguration(tls) == base);
    tls.setPeerVerifyDepth(3);
    QVERIFY(!(ConnectOptions().setSslConfiguration(tls) == base));
    QVERIFY(!(base == ConnectOptions().setCompressionLevel(1)));
    QVERIFY(!(base == ConnectOptions().setCompressionMinimum(1)));
    QVERIFY(!(base == ConnectOptions().setInteractive(true)));
    QVERIFY(!(base == ConnectOptions().setIgnoreSpace(true)));
    QVERIFY(!(base == ConnectOptions().setTransactionTracking(true)));
    QVERIFY(!(base == ConnectOptions().setLocalAddress(QHostAddress::LocalHost)));
    QVERIFY(!(base == ConnectOptions().setKeepAlive(std::chrono::seconds(1))));
    QVERIFY(!(base == ConnectOptions().setTrackedVariables({QStringLiteral("a")})));
    QVERIFY(!(base == ConnectOptions().setDisabledCapabilities({QStringLiteral("COMPRESS")})));
}

QTEST_GUILESS_MAIN(tst_ConnectOptions)
#include "tst_connectoptions.moc"

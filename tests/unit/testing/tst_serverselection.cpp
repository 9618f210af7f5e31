// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/containerprovider.h"
#include "testing/nativeprovider.h"
#include "testing/serverimage.h"
#include "testing/serverinstallation.h"
#include "testing/serverprovider.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;
using Flavor = TestServerOptions::Flavor;
using Provider = TestServerOptions::Provider;

class tst_ServerSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void image_data();
    void image();
    void imageAccepts_data();
    void imageAccepts();
    void version_data();
    void version();
    void notATree();
    void defaultsFromEnvironment();
    void providers_data();
    void providers();
    void containerCommand_data();
    void containerCommand();
    void containerPort();
    void nativeArguments_data();
    void nativeArguments();
};

void tst_ServerSelection::init()
{
    for (const char *name : {"QASYNCMYSQL_TEST_IMAGE", "QASYNCMYSQL_TEST_PROVIDER",
                             "QASYNCMYSQL_TEST_SERVER_URL", "QASYNCMYSQL_SERVER_TREE"})
        qunsetenv(name);
}

void tst_ServerSelection::image_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<Flavor>("flavor");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("native");
    QTest::addColumn<QString>("containerImage");
    const auto row
        = [](const char *image, Flavor flavor, const char *version, bool native, const char *container) {
              QTest::newRow(image) << QString::fromLatin1(image) << flavor << QString::fromLatin1(version)
                                   << native << QString::fromLatin1(container);
          };
    row("", Flavor::Any, "", true, "mariadb:11");
    row("mysql", Flavor::MySQL, "", true, "mysql");
    row("mysql:9", Flavor::MySQL, "9", true, "mysql:9");
    row("mysql:lts", Flavor::MySQL, "", true, "mysql:lts");
    row("mariadb:10.11", Flavor::MariaDB, "10.11", true, "mariadb:10.11");
    row("mariadb:11.8-noble", Flavor::MariaDB, "11.8", true, "mariadb:11.8-noble");
    row("db.example:5000/team/mariadb:11", Flavor::MariaDB, "11", false, "db.example:5000/team/mariadb:11");
    row("percona:8", Flavor::Any, "8", false, "percona:8");
}

void tst_ServerSelection::image()
{
    QFETCH(QString, image);
    TestServerOptions options;
    options.setImage(image);
    const ServerImage parsed = ServerImage::fromOptions(options);
    QTEST(parsed.flavor(), "flavor");
    QTEST(parsed.version(), "version");
    QTEST(parsed.isNative(), "native");
    QTEST(parsed.containerImage(), "containerImage");
}

void tst_ServerSelection::imageAccepts_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<Flavor>("flavor");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *image, Flavor flavor, const char *version, bool accepted) {
        QTest::addRow("%s/%s", image, version)
            << QString::fromLatin1(image) << flavor << QString::fromLatin1(version) << accepted;
    };
    row("", Flavor::MySQL, "9.7.4", true);
    row("mysql", Flavor::MySQL, "8.4.0", true);
    row("mysql", Flavor::MariaDB, "10.11.2", false);
    row("mariadb:10.11", Flavor::MariaDB, "10.11.2", true);
    row("mariadb:10.11", Flavor::MariaDB, "10.11.2-MariaDB-log", true);
    row("mariadb:10.1", Flavor::MariaDB, "10.11.2", false);
    row("mariadb:11", Flavor::MariaDB, "11.8.6", true);
    row("mariadb:1", Flavor::MariaDB, "11.8.6", false);
    row("mysql:9.7.4", Flavor::MySQL, "9.7.4", true);
    row("mysql:9.7.4", Flavor::MySQL, "9.7", false);
}

void tst_ServerSelection::imageAccepts()
{
    QFETCH(QString, image);
    QFETCH(Flavor, flavor);
    QFETCH(QString, version);
    TestServerOptions options;
    options.setImage(image);
    QTEST(ServerImage::fromOptions(options).accepts(flavor, version), "accepted");
}

void tst_ServerSelection::version_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<Flavor>("flavor");
    QTest::addColumn<QString>("version");
    QTest::newRow("mariadb") << QStringLiteral(
        "mariadbd  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)")
                             << Flavor::MariaDB << QStringLiteral("10.11.6");
    QTest::newRow("mysql") << QStringLiteral("/usr/sbin/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))")
                           << Flavor::MySQL << QStringLiteral("9.7.4");
    QTest::newRow("mysqld of mariadb")
        << QStringLiteral("/usr/sbin/mysqld  Ver 11.4.2-MariaDB for osx10.19 on arm64 (Homebrew)")
        << Flavor::MariaDB << QStringLiteral("11.4.2");
    QTest::newRow("noise before") << QStringLiteral(
        "warning: something\n/x/mysqld  Ver 8.0.39 for Linux on x86_64 (MySQL)")
                                  << Flavor::MySQL << QStringLiteral("8.0.39");
    QTest::newRow("something else") << QStringLiteral("cat (GNU coreutils) 9.1") << Flavor::Any << QString();
}

void tst_ServerSelection::version()
{
    QFETCH(QString, output);
    QFETCH(Flavor, flavor);
    Flavor foundFlavor = Flavor::Any;
    QString foundVersion;
    QCOMPARE(ServerInstallation::parseVersion(output, &foundFlavor, &foundVersion), flavor != Flavor::Any);
    QCOMPARE(foundFlavor, flavor);
    QTEST(foundVersion, "version");
}

void tst_ServerSelection::notATree()
{
    QTemporaryDir directory;
    QVERIFY(directory.isValid());
    QString error;
    QVERIFY(!ServerInstallation::fromTree(directory.path(), &error).isValid());
    QVERIFY2(error.contains(directory.path()) && error.contains(QLatin1String("usr/sbin/mysqld")),
             qPrintable(error));

    // A server without the libraries that belong to it.
    QVERIFY(QDir(directory.path()).mkpath(QStringLiteral("usr/sbin")));
    QFile program(directory.filePath(QStringLiteral("usr/sbin/mysqld")));
    QVERIFY(program.open(QIODevice::WriteOnly));
    QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY(!ServerInstallation::fromTree(directory.path(), &error).isValid());
    QVERIFY2(error.contains(QLatin1String("ld-linux")), qPrintable(error));
}

void tst_ServerSelection::defaultsFromEnvironment()
{
    qputenv("QASYNCMYSQL_TEST_IMAGE", "mysql:9");
    qputenv("QASYNCMYSQL_TEST_PROVIDER", "Podman");
    qputenv("QASYNCMYSQL_TEST_SERVER_URL", "mysql://u:p@h");
    qputenv("QASYNCMYSQL_SERVER_TREE", "/some/tree");
    TestServerOptions options;
    QCOMPARE(options.image(), QStringLiteral("mysql:9"));
    QCOMPARE(options.provider(), Provider::Podman);
    QCOMPARE(options.serverUrl(), QStringLiteral("mysql://u:p@h"));
    QCOMPARE(options.serverTree(), QStringLiteral("/some/tree"));

    // A copy is a value of its own.
    const TestServerOptions copy = options;
    options.setImage(QStringLiteral("mariadb:11"));
    QCOMPARE(copy.image(), QStringLiteral("mysql:9"));
}

void tst_ServerSelection::providers_data()
{
    QTest::addColumn<Provider>("provider");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("names");
    const QString url = QStringLiteral("mysql://u:p@h");
    QTest::newRow("automatic") << Provider::Automatic << QString()
                               << QStringList{QStringLiteral("local"), QStringLiteral("tree"),
                                              QStringLiteral("docker"), QStringLiteral("podman")};
    QTest::newRow("automatic with a URL") << Provider::Automatic << url << QStringList{QStringLiteral("url")};
    QTest::newRow("tree in spite of a URL") << Provider::Tree << url << QStringList{QStringLiteral("tree")};
    QTest::newRow("url without one") << Provider::Url << QString() << QStringList{QStringLiteral("url")};
    QTest::newRow("docker") << Provider::Docker << QString() << QStringList{QStringLiteral("docker")};
}

void tst_ServerSelection::providers()
{
    QFETCH(Provider, provider);
    QFETCH(QString, url);
    TestServerOptions options;
    options.setProvider(provider);
    options.setServerUrl(url);
    QStringList names;
    for (const auto &made : makeProviders(options))
        names.append(made->name());
    QTEST(names, "names");
}

void tst_ServerSelection::containerCommand_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("prefix");
    QTest::newRow("mysql:9") << QStringLiteral("mysql:9") << QStringLiteral("MYSQL_");
    QTest::newRow("mariadb:11") << QStringLiteral("mariadb:11") << QStringLiteral("MARIADB_");
    QTest::newRow("other registry") << QStringLiteral("db.example:5000/mariadb:11")
                                    << QStringLiteral("MARIADB_");
}

void tst_ServerSelection::containerCommand()
{
    QFETCH(QString, image);
    QFETCH(QString, prefix);
    TestServerOptions options;
    options.setImage(image);
    options.addServerArgument(QStringLiteral("--sql-mode=ANSI"));
    const QStringList arguments
        = ContainerProvider::runArguments(options, QStringLiteral("name-1"), QStringLiteral("/tmp/x"));

    QCOMPARE(arguments.first(), QStringLiteral("run"));
    QVERIFY(arguments.contains(QLatin1String("--rm")));
    QVERIFY(arguments.contains(QLatin1String("--detach")));
    const auto valueOf
        = [&](const char *option) { return arguments.value(arguments.indexOf(QLatin1String(option)) + 1); };
    QCOMPARE(valueOf("--name"), QStringLiteral("name-1"));
    QCOMPARE(valueOf("--publish"), QStringLiteral("127.0.0.1::3306")); // not for the network to see
    QCOMPARE(valueOf("--tmpfs"), QStringLiteral("/var/lib/mysql"));
    QVERIFY(arguments.contains(QLatin1String("/tmp/x/tls:/qasyncmysql-tls:ro")));
    QVERIFY(arguments.contains(QLatin1String("/tmp/x/init:/docker-entrypoint-initdb.d:ro")));

    // Passwords go through the environment: anybody can read the command line.
    QStringList variables;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments.at(i) == QLatin1String("--env"))
            variables.append(arguments.value(i + 1));
    }
    QCOMPARE(variables,
             (QStringList{prefix + QLatin1String("ROOT_PASSWORD"), prefix + QLatin1String("DATABASE"),
                          prefix + QLatin1String("USER"), prefix + QLatin1String("PASSWORD")}));

    // What comes after the image is for the server.
    const qsizetype at = arguments.indexOf(image);
    QVERIFY(at > 0);
    QVERIFY(arguments.mid(at + 1).contains(QLatin1String("--ssl-cert=/qasyncmysql-tls/server.pem")));
    QCOMPARE(arguments.last(), QStringLiteral("--sql-mode=ANSI"));
}

void tst_ServerSelection::containerPort()
{
    QCOMPARE(ContainerProvider::parsePort(QStringLiteral("127.0.0.1:49153")), quint16(49153));
    QCOMPARE(ContainerProvider::parsePort(QStringLiteral("0.0.0.0:49153\n[::]:49154")), quint16(49153));
    QCOMPARE(ContainerProvider::parsePort(QString()), quint16(0));
    QCOMPARE(ContainerProvider::parsePort(QStringLiteral("Error: no such container")), quint16(0));
}

void tst_ServerSelection::nativeArguments_data()
{
    QTest::addColumn<Flavor>("flavor");
    QTest::newRow("mariadb") << Flavor::MariaDB;
    QTest::newRow("mysql") << Flavor::MySQL;
}

void tst_ServerSelection::nativeArguments()
{
    QFETCH(Flavor, flavor);
    ServerInstallation installation;
    installation.flavor = flavor;
    installation.leadingArguments = QStringList{QStringLiteral("--library-path"), QStringLiteral("/t/lib"),
                                                QStringLiteral("/t/mysqld")};
    TestServerOptions options;
    options.addServerArgument(QStringLiteral("--max-connections=7"));
    const QStringList arguments = NativeProvider::serverArguments(installation, QStringLiteral("/tmp/d"),
                                                                  TestCertificates(), options, 21234);

    // The loader's arguments, then --no-defaults, which the servers take as their first only.
    QCOMPARE(arguments.mid(0, 3), installation.leadingArguments);
    QCOMPARE(arguments.at(3), QStringLiteral("--no-defaults"));
    QVERIFY(arguments.contains(QLatin1String("--port=21234")));
    QVERIFY(arguments.contains(QLatin1String("--bind-address=127.0.0.1")));
    QVERIFY(arguments.contains(QLatin1String("--datadir=/tmp/d/data")));
    QCOMPARE(arguments.contains(QLatin1String("--mysqlx=OFF")), flavor == Flavor::MySQL);
    QCOMPARE(arguments.last(), QStringLiteral("--max-connections=7"));
}

QTEST_GUILESS_MAIN(tst_ServerSelection)
#include "tst_serverselection.moc"

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QCryptographicHash>
#include <QtCore/QPromise>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <pwd.h>
#include <unistd.h>

using namespace QAsyncMySql;

namespace {

const QString Password = QStringLiteral("S3cret pä'ss");

QFuture<Result<Secret>> ready(const Result<Secret> &result)
{
    QPromise<Result<Secret>> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

//! The name of the account that runs this, which the server asks the system for.
QString systemUser()
{
    const passwd *entry = getpwuid(geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

//! What a password-checking plugin of the program's own might do: mysql_native_password's first answer, late.
class SlowPlugin final : public AuthenticationPlugin
{
public:
    QFuture<Result<QByteArray>> answer(const AuthenticationRequest &request) override
    {
        auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
        promise->start();
        ++asked;
        const QByteArray challenge = request.data();
        const Secret password = request.password();
        QTimer::singleShot(50, [promise, challenge, password] {
            const auto sha1 = [](const QByteArray &data) {
                return QCryptographicHash::hash(data, QCryptographicHash::Sha1);
            };
            QByteArray once = sha1(password.reveal().toByteArray());
            const QByteArray key = sha1(challenge + sha1(once));
            for (qsizetype i = 0; i < once.size(); ++i)
                once[i] = char(once[i] ^ key[i]);
            promise->addResult(Result<QByteArray>(once));
            promise->finish();
        });
        return promise->future();
    }

    static inline int asked = 0;
};

} // namespace

class tst_Login : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void methods_data();
    void methods();
    void provider_data() { ServerMatrix::addRows(); }
    void provider();
    void providerFails();
    void providerGivenUp();
    void ownPlugin_data() { ServerMatrix::addRows(); }
    void ownPlugin();
    void allowedMethods_data() { ServerMatrix::addRows(); }
    void allowedMethods();
    void expiredPassword_data() { ServerMatrix::addRows(); }
    void expiredPassword();
    void changeUser_data();
    void changeUser();
    void changeUserFails_data() { ServerMatrix::addRows(); }
    void changeUserFails();
    void twoFactors();
    void pam_data() { ServerMatrix::addRows(); }
    void pam();

private:
    //! An account of the name \a user as \a how says; empty, or why not.
    QString createAccount(const MatrixServer &live, const QString &user, const QString &how);
};

QString tst_Login::createAccount(const MatrixServer &live, const QString &user, const QString &how)
{
    Connection admin;
    if (const auto opened = await(admin.open(*ConnectOptions::fromUrl(live.url()))); !opened)
        return opened.error().toString();
    for (const QString &host : {QStringLiteral("%"), QStringLiteral("localhost")}) {
        const QString account = QStringLiteral("'%1'@'%2'").arg(user, host);
        const QStringList statements{QStringLiteral("DROP USER IF EXISTS %1").arg(account),
                                     QStringLiteral("CREATE USER %1 %2").arg(account, how),
                                     QStringLiteral("GRANT ALL ON `%1`.* TO %2").arg(live.database, account)};
        for (const QString &sql : statements) {
            if (const auto done = await(admin.query(sql)); !done)
                return done.error().toString();
        }
    }
    return {};
}

void tst_Login::methods_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("way");
    const QString quoted = QString(Password).replace(u'\'', QStringLiteral("''"));
    const QString mariaDb = QStringLiteral("IDENTIFIED VIA %1 USING PASSWORD('%2')");
    const QString mySql = QStringLiteral("IDENTIFIED WITH %1 BY '%2'");
    for (const QString &id : ServerMatrix::ids()) {
        for (const QString &way :
             {QStringLiteral("plain"), QStringLiteral("tls"), QStringLiteral("socket")}) {
            const auto add = [&](const QString &method, const QString &how) {
                QTest::newRow(qPrintable(id + u' ' + method + u' ' + way)) << id << method << how << way;
            };
            if (id.startsWith(u"mysql")) {
                for (const QString &method :
                     {QStringLiteral("caching_sha2_password"), QStringLiteral("sha256_password")})
                    add(method, mySql.arg(method, quoted));
                if (way == u"socket")
                    add(QStringLiteral("auth_socket"), QStringLiteral("IDENTIFIED WITH auth_socket"));
                continue;
            }
            for (const QString &method : {QStringLiteral("mysql_native_password"), QStringLiteral("ed25519"),
                                          QStringLiteral("parsec")})
                add(method, mariaDb.arg(method, quoted));
            add(QStringLiteral("ed25519 or native"),
                QStringLiteral(
                    "IDENTIFIED VIA ed25519 USING PASSWORD('other') OR mysql_native_password USING "
                    "PASSWORD('%1')")
                    .arg(quoted));
            // Older ones know the name of the account only.
            if (way == u"socket" && id != u"mariadb-10.11")
                add(QStringLiteral("unix_socket"), QStringLiteral("IDENTIFIED VIA unix_socket"));
        }
    }
}

// Pitfall 12.
void tst_Login::methods()
{
    MATRIX_SERVER(live);
    QFETCH(QString, method);
    QFETCH(QString, how);
    QFETCH(QString, way);
    const bool byOwner = method.endsWith(u"_socket");
    QString user = QStringLiteral("l_") + method.section(u' ', 0, 0) + u'_' + way;
    if (byOwner) // whoever runs this test
        how += (live.isMariaDb() ? QStringLiteral(" USING '%1'") : QStringLiteral(" AS '%1'"))
                   .arg(systemUser());
    if (method == u"auth_socket") {
        Connection admin;
        VERIFY_OK(await(admin.open(*ConnectOptions::fromUrl(live.url()))));
        (void)await(admin.query(u"INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'"));
    }
    const QString problem = createAccount(live, user, how);
    if (problem.contains(u"1524")) // the plugin is not loaded
        QSKIP(qPrintable(problem));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));

    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setUser(user).setPassword(byOwner ? QString() : Password);
    if (way == u"plain")
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    else if (way == u"socket")
        options.setSocketPath(live.socketPath);
    for (int i = 0; i < 2; ++i) { // the second time, caching_sha2_password knows it
        Connection connection;
        VERIFY_OK(await(connection.open(options)));
        QCOMPARE(connection.isEncrypted(), way == u"tls");
        const auto who = await(connection.query(u"SELECT USER()"));
        VERIFY_OK(who);
        QVERIFY(who->at(0).get<QString>(0).startsWith(user));
        VERIFY_OK(await(connection.close()));
    }
    if (byOwner)
        return;
    Connection wrong;
    const auto refused = await(wrong.open(ConnectOptions(options).setPassword(QStringLiteral("wrong"))));
    QCOMPARE(refused.error().code(), 1045);
    QCOMPARE(refused.error().phase(), Error::Phase::Authentication);
}

void tst_Login::provider()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setPassword(QString());
    int asked = 0;
    options.setPasswordProvider([&](const PasswordRequest &request) {
        ++asked;
        // As a dialog or a request to a cloud would be: later, and from another thread.
        auto promise = std::make_shared<QPromise<Result<Secret>>>();
        promise->start();
        const bool good = request.user() == live.user && request.host() == live.host && request.factor() == 1;
        QThread *thread = QThread::create([promise, good, password = live.password] {
            promise->addResult(Result<Secret>(Secret(good ? password : QString())));
            promise->finish();
        });
        QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
        thread->start();
        return promise->future();
    });
    Connection connection;
    for (int i = 1; i <= 2; ++i) {
        VERIFY_OK(await(connection.open(options)));
        QCOMPARE(asked, i);
        QVERIFY(connection.options().password().isEmpty());
        if (i == 1) { // cancelling needs a second connection, for which nobody is asked
            Reply<ResultSet> slow = connection.query(u"SELECT SLEEP(30)");
            QTRY_COMPARE(connection.state(), Connection::State::Busy);
            slow.cancel();
            QCOMPARE(await(slow).error().kind(), Error::Kind::Cancelled);
            VERIFY_OK(await(connection.ping()));
            QCOMPARE(asked, 1);
        }
        VERIFY_OK(await(connection.close()));
    }
}

void tst_Login::providerFails()
{
    ConnectOptions options;
    options.setHost(QStringLiteral("127.0.0.1")).setPort(1).setUser(QStringLiteral("nobody"));
    options.setPasswordProvider([](const PasswordRequest &) {
        return ready(Error(Error::Kind::Cancelled, QStringLiteral("The user closed the window.")));
    });
    Connection connection;
    auto failed = await(connection.open(options));
    QCOMPARE(failed.error().kind(), Error::Kind::Cancelled);
    QVERIFY(failed.error().message().contains(u"The user closed the window."));
    QCOMPARE(failed.error().phase(), Error::Phase::Authentication);
    QCOMPARE(connection.state(), Connection::State::Closed);

    options.setPasswordProvider([](const PasswordRequest &) {
        QPromise<Result<Secret>> promise;
        promise.start();
        return promise.future(); // and is gone
    });
    failed = await(connection.open(options));
    QCOMPARE(failed.error().kind(), Error::Kind::Usage);
    QVERIFY(failed.error().message().contains(u"without an answer"));
}

// Whoever gives up, or destroys the connection, has the provider's future cancelled.
void tst_Login::providerGivenUp()
{
    QPromise<Result<Secret>> promise;
    promise.start();
    ConnectOptions options;
    options.setUser(QStringLiteral("nobody"));
    options.setPasswordProvider([&](const PasswordRequest &) { return promise.future(); });
    {
        Connection connection;
        Reply<void> reply = connection.open(options);
        QTRY_VERIFY(connection.state() == Connection::State::Connecting);
        QCoreApplication::processEvents();
        connection.abort();
        QCOMPARE(await(reply).error().kind(), Error::Kind::Cancelled);
    }
    QTRY_VERIFY(promise.isCanceled());
}

void tst_Login::ownPlugin()
{
    MATRIX_SERVER(live);
    if (!live.isMariaDb())
        QSKIP("the plugin of this test is the client's side of mysql_native_password, which MySQL no longer "
              "has");
    const QString problem
        = createAccount(live, QStringLiteral("login_own"),
                        QStringLiteral("IDENTIFIED VIA mysql_native_password USING PASSWORD('%1')")
                            .arg(QStringLiteral("pw")));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ConnectOptions options
        = *ConnectOptions::fromUrl(live.url(QStringLiteral("login_own"), QStringLiteral("pw")));
    options.addAuthenticationPlugin("mysql_native_password", [] { return std::make_unique<SlowPlugin>(); });
    SlowPlugin::asked = 0;
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    QCOMPARE(SlowPlugin::asked, 1);
    VERIFY_OK(await(connection.ping()));
    options.addAuthenticationPlugin("mysql_native_password",
                                    [] { return std::unique_ptr<AuthenticationPlugin>(); });
    VERIFY_OK(await(connection.close()));
    const auto none = await(connection.open(options));
    QCOMPARE(none.error().kind(), Error::Kind::Usage);
    QVERIFY(none.error().message().contains(u"mysql_native_password"));
}

void tst_Login::allowedMethods()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setAllowedAuthenticationMethods({QStringLiteral("parsec")});
    Connection connection;
    const auto refused = await(connection.open(options));
    QCOMPARE(refused.error().kind(), Error::Kind::Security);
    QVERIFY2(refused.error().message().contains(u"allowed-auth-methods"),
             qPrintable(refused.error().message()));
    options.setAllowedAuthenticationMethods(
        {QStringLiteral("mysql_native_password"), QStringLiteral("caching_sha2_password")});
    VERIFY_OK(await(connection.open(options)));
}

// Pitfall 17.
void tst_Login::expiredPassword()
{
    MATRIX_SERVER(live);
    const QString user = QStringLiteral("login_expired");
    const QString problem = createAccount(live, user, QStringLiteral("IDENTIFIED BY 'old' PASSWORD EXPIRE"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url(user, QStringLiteral("old")));
    Connection connection;
    const auto refused = await(connection.open(options));
    if (live.isMariaDb()) { // lets everybody in, but takes SET statements only
        VERIFY_OK(refused);
        VERIFY_OK(await(connection.close()));
    } else {
        QVERIFY2(refused.error().code() == 1820 || refused.error().code() == 1862,
                 qPrintable(refused.error().toString()));
        QVERIFY2(refused.error().message().contains(u"has expired"), qPrintable(refused.error().message()));
    }

    VERIFY_OK(await(connection.open(options.setExpiredPasswordAllowed(true))));
    QCOMPARE(await(connection.query(u"SELECT 1")).error().code(), 1820);
    if (live.isMariaDb())
        VERIFY_OK(await(connection.query(u"SET PASSWORD = PASSWORD('new')")));
    else
        VERIFY_OK(await(connection.query(u"ALTER USER USER() IDENTIFIED BY 'new'")));
    VERIFY_OK(await(connection.reset()));
    const auto zone = await(connection.query(u"SELECT @@time_zone"));
    VERIFY_OK(zone);
    QCOMPARE(zone->at(0).get<QString>(0), QStringLiteral("+00:00"));
}

void tst_Login::changeUser_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("way");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *way : {"plain", "tls", "socket"})
            QTest::newRow(qPrintable(id + u' ' + QLatin1StringView(way))) << id << QString::fromLatin1(way);
    }
}

// Pitfall 10.
void tst_Login::changeUser()
{
    MATRIX_SERVER(live);
    QFETCH(QString, way);
    const QString user = QStringLiteral("login_change_") + way;
    const QString problem = createAccount(live, user, QStringLiteral("IDENTIFIED BY 'change'"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    if (way == u"plain")
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    else if (way == u"socket")
        options.setSocketPath(live.socketPath);
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    const quint64 id = connection.connectionId();
    VERIFY_OK(await(connection.query(u"SET @left = 1, time_zone = '+03:00'")));
    VERIFY_OK(await(connection.execute(u"SELECT ?", 1))); // prepared, and gone with the change
    VERIFY_OK(await(connection.changeUser(user, Secret(QStringLiteral("change")))));
    QCOMPARE(connection.connectionId(), id);
    auto row
        = await(connection.query(u"SELECT CURRENT_USER(), @left, @@time_zone, DATABASE(), CONNECTION_ID()"));
    VERIFY_OK(row);
    QVERIFY(row->at(0).get<QString>(0).startsWith(user + u'@'));
    QVERIFY(row->at(0).isNull(1));
    QCOMPARE(row->at(0).get<QString>(2), QStringLiteral("+00:00"));
    QVERIFY(row->at(0).isNull(3));
    QCOMPARE(row->at(0).get<quint64>(4), id);
    QCOMPARE(connection.currentDatabase(), QString());
    QCOMPARE(connection.options().user(), user);
    const auto again = await(connection.execute(u"SELECT ?", 1));
    VERIFY_OK(again);
    QCOMPARE(again->at(0).get<int>(0), 1);

    // And back, with a schema, while other commands wait behind it.
    Reply<void> back = connection.changeUser(live.user, Secret(live.password), live.database);
    Reply<ResultSet> behind = connection.query(u"SELECT USER(), DATABASE()");
    VERIFY_OK(await(back));
    row = await(behind);
    VERIFY_OK(row);
    QVERIFY(row->at(0).get<QString>(0).startsWith(live.user + u'@'));
    QCOMPARE(row->at(0).get<QString>(1), live.database);
    QCOMPARE(connection.currentDatabase(), live.database);
    VERIFY_OK(await(connection.reset()));
}

void tst_Login::changeUserFails()
{
    MATRIX_SERVER(live);
    const QString problem
        = createAccount(live, QStringLiteral("login_fail"), QStringLiteral("IDENTIFIED BY 'right'"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    // What is wrong beforehand costs nothing.
    const auto usage = await(connection.changeUser(QStringLiteral("a") + QChar(0), Secret()));
    QCOMPARE(usage.error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(connection.ping()));
    Reply<void> wrong = connection.changeUser(QStringLiteral("login_fail"), Secret(QStringLiteral("wrong")));
    Reply<void> behind = connection.ping();
    const auto refused = await(wrong);
    QCOMPARE(refused.error().code(), 1045);
    QVERIFY(refused.error().isConnectionLost());
    QCOMPARE(await(behind).error().outcome(), Error::Outcome::NotSent);
    QCOMPARE(connection.state(), Connection::State::Closed);
    QCOMPARE(connection.options().user(), live.user);
}

// A password, and the system's word for who runs this.
void tst_Login::twoFactors()
{
    const QString id = QStringLiteral("mysql-9.7");
    const MatrixServer live = ServerMatrix::server(id);
    if (!live.isRunning())
        QSKIP(qPrintable(live.error));
    Connection admin;
    VERIFY_OK(await(admin.open(*ConnectOptions::fromUrl(live.url()))));
    (void)await(admin.query(u"INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'"));
    const QString how = QStringLiteral("IDENTIFIED WITH caching_sha2_password BY 'one' AND IDENTIFIED WITH "
                                       "auth_socket AS '%1'")
                            .arg(systemUser());
    const QString problem = createAccount(live, QStringLiteral("login_factors"), how);
    if (!problem.isEmpty())
        QSKIP(qPrintable(problem));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setUser(QStringLiteral("login_factors"))
        .setPassword(QStringLiteral("one"))
        .setSocketPath(live.socketPath);
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    const auto who = await(connection.query(u"SELECT CURRENT_USER()"));
    VERIFY_OK(who);
    QCOMPARE(who->at(0).get<QString>(0), QStringLiteral("login_factors@localhost"));
    VERIFY_OK(await(connection.reset()));
    VERIFY_OK(await(connection.close()));
    QCOMPARE(await(connection.open(options.setPassword(QStringLiteral("two")))).error().code(), 1045);
}

/* MariaDB asks PAM, and PAM asks us. That needs a service of the system, which a test does not make:
   QASYNCMYSQL_TEST_PAM=service:user:password names one whose "auth" asks for that password. */
void tst_Login::pam()
{
    MATRIX_SERVER(live);
    if (!live.isMariaDb())
        QSKIP("MySQL's PAM plugin is in its commercial edition only");
    const QStringList given = qEnvironmentVariable("QASYNCMYSQL_TEST_PAM").split(u':');
    if (given.size() != 3)
        QSKIP("QASYNCMYSQL_TEST_PAM does not name a PAM service");
    const auto own = ServerMatrix::startPrivate(server, {QStringLiteral("--plugin-load-add=auth_pam_v1")});
    QASYNCMYSQL_REQUIRE_SERVER(*own);
    const MatrixServer pamServer = MatrixServer::fromServer(server, *own);
    const QString problem = createAccount(pamServer, given.at(1),
                                          QStringLiteral("IDENTIFIED VIA pam USING '%1'").arg(given.at(0)));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    ConnectOptions options = *ConnectOptions::fromUrl(pamServer.url(given.at(1), given.at(2)));
    for (const bool socket : {false, true}) {
        if (socket)
            options.setSocketPath(pamServer.socketPath);
        options.setPassword(given.at(2)).setClearTextPasswords(false);
        Connection connection;
        const auto refused
            = await(connection.open(options)); // the password is not sent unless that is allowed
        QCOMPARE(refused.error().kind(), Error::Kind::Security);
        QVERIFY2(refused.error().message().contains(u"enable-cleartext-plugin"),
                 qPrintable(refused.error().message()));
        VERIFY_OK(await(connection.open(options.setClearTextPasswords(true))));
        const auto who = await(connection.query(u"SELECT USER()"));
        VERIFY_OK(who);
        QVERIFY(who->at(0).get<QString>(0).startsWith(given.at(1) + u'@'));
        VERIFY_OK(await(connection.close()));
        QCOMPARE(await(connection.open(options.setPassword(QStringLiteral("wrong")))).error().code(), 1045);
    }
}

QTEST_GUILESS_MAIN(tst_Login)
#include "tst_login.moc"

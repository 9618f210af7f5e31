// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/authmethod.h"
#include "protocol/auth/clearpassword.h"
#include "protocol/auth/ed25519.h"
#include "unit/protocol/login.h"

#include <QtTest/QTest>

#include <openssl/evp.h>

using namespace Wire;

namespace {

const QByteArray MariaDb = "11.8.6-MariaDB";
const QByteArray Challenge32 = "abcdefghijklmnopqrstuvwxyz012345";
constexpr quint32 MariaDbFlags = ~quint32(1);

// By OpenSSL: what a server does with a signature.
bool verifies(const QByteArray &publicKey, const QByteArray &message, const QByteArray &signature)
{
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char *>(publicKey.constData()),
        size_t(publicKey.size()));
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool good = key && EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, key) == 1
        && EVP_DigestVerify(context, reinterpret_cast<const unsigned char *>(signature.constData()),
                            size_t(signature.size()),
                            reinterpret_cast<const unsigned char *>(message.constData()),
                            size_t(message.size()))
            == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return good;
}

QByteArray nextFactor(const QByteArray &method, const QByteArray &challenge)
{
    return QByteArray(hex("02") + method + '\0' + challenge + '\0');
}

QByteArray runWork(Login &login)
{
    const AuthQuestion *question = login.handshake.authentication().question();
    return question && question->kind == AuthQuestion::Kind::Work ? question->work() : QByteArray();
}

} // namespace

/*! Each plugin's answers, against vectors that were made by other programs (Python's hashlib and
   cryptography, and a plain implementation of RFC 8032 in big integers). */
class tst_AuthMethods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void ed25519_data();
    void ed25519();
    void ed25519Random();
    void parsec_data();
    void parsec();
    void badParsec_data();
    void badParsec();
    void clearPassword();
    void dialog();
    void dialogQuestions_data();
    void dialogQuestions();
    void dialogWithoutPassword();
    void nothingMoreToSay_data();
    void nothingMoreToSay();
    void emptyPacket();
    void socketMethods();
    void factors();
    void missingFactor();
    void fourthFactor();
    void factorUnasked();
    void passwordOnDemand();
    void ownPlugin();
    void ownPluginRefuses();
    void libraryRefuses_data();
    void libraryRefuses();
    void channelRefuses();
};

void tst_AuthMethods::answers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("native") << QByteArray("mysql_native_password")
                            << hex("26760ce85581b546d3af277213874c29f36f901d");
    QTest::newRow("caching") << QByteArray("caching_sha2_password")
                             << hex("2f8913adfb3d46a6e9572f7d8d031b42fcb48c431e212f639ea15598a4b0385b");
}

void tst_AuthMethods::answers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    Login login(options("the password"));
    login.server(greeting(0xFFFFFFFF, method));
    QCOMPARE(parseResponse(login.said().first()).answer, answer);
    QCOMPARE(login.server(switchTo(method, Challenge)), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({answer}));
}

void tst_AuthMethods::ed25519_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<QByteArray>("signature");
    QByteArray counting;
    for (char c = 0; c < 32; ++c)
        counting.append(c);
    QByteArray longPassword;
    for (int i = 0; i < 20; ++i)
        longPassword += "P\xC3\xA4ssword ";
    QTest::newRow("RFC 8032, 7.1, test 1")
        << hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60") << QByteArray()
        << hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        << hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
               "b46bd25bf5f0595bbe24655141438e7a100b");
    // The key is the one of MariaDB's manual: ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY
    QTest::newRow("secret")
        << QByteArray("secret") << counting
        << hex("648814444520e4f56043a2ec9215e63be7992d2d270bc6dee873e36164786096")
        << hex("546c3e9311d19ee389d1ae5d945821bfe459423910136f16b3bd2ae89fd7d63b449e689f4b"
               "e812891a85b8f999076446d92adb83d0707215aaa60b5a23220907");
    QTest::newRow("empty")
        << QByteArray() << counting << hex("e0b1fe74117e1b95b608a4f221df314774b20ea66842350d515371c7c6966c6e")
        << hex("1e7e2c09c0c0e5f755a202872d95c85c4b14d23a888e9c40a0e9323e1ed28dd4aee4a8197c2"
               "d2ca26942bf6496d61c60c63661959ab57706eb0bfda05749ad0f");
    QTest::newRow("200 bytes")
        << longPassword << QByteArray(32, '\xFF')
        << hex("040b080ee2af27f9233e88211a74f95c42926c970fe9785b4605c0cf1f885535")
        << hex("ef78da2b5a6134e0b98952128fe4e4f472a2a25c746ff6ad7c65895c7abad678cff5db97062e5f257199f881b3de"
               "8833b353fcc75a7fc263fdcbdd5b6bfe8b05");
}

// Pitfall 15.
void tst_AuthMethods::ed25519()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, publicKey);
    QFETCH(QByteArray, signature);
    QByteArray key;
    QCOMPARE(ed25519Sign(secret, message, key).toHex(), signature.toHex());
    QCOMPARE(key.toHex(), publicKey.toHex());
    if (message.size() != 32)
        return;
    HandshakeOptions given = options();
    given.auth.passwords = {Secret::fromUtf8(secret)};
    Login login(given);
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    login.said();
    QCOMPARE(login.server(QByteArray(hex("fe") + "client_ed25519" + '\0' + message)), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({signature}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
    QCOMPARE(login.handshake.authMethod(), QByteArray("client_ed25519"));
}

// Pitfall 15.
// OpenSSL agrees on secrets and messages of all sorts.
void tst_AuthMethods::ed25519Random()
{
    for (int i = 0; i < 40; ++i) {
        const QByteArray secret = sha512({"secret", QByteArray::number(i)}).first(1 + i);
        const QByteArray message = sha512({"message", QByteArray::number(i)});
        QByteArray key;
        const QByteArray signature = ed25519Sign(secret, message, key);
        QCOMPARE(signature.size(), 64);
        QVERIFY(verifies(key, message, signature));
        QVERIFY(!verifies(key, message + 'x', signature));
    }
}

void tst_AuthMethods::parsec_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QByteArray>("publicKey");
    const QByteArray fewest = hex("62764a9bab95102ddeaab1099a5b819f4af8aa0c3fc66e672cf7816d5a6ff39d");
    const QByteArray most = hex("6388d749fbcd82130dc00d5bbee7994d79ebfdd2576b4d8907c42e1c11ee64f5");
    // Until 11.8.3 the salt came as it is, since then with a byte 1 before it.
    QTest::newRow("1024 iterations, bare") << QByteArray(hex("5000") + "123456789012345678") << fewest;
    QTest::newRow("1024 iterations, with prefix")
        << QByteArray(hex("015000") + "123456789012345678") << fewest;
    QTest::newRow("8192 iterations, bare") << QByteArray(hex("5003") + "123456789012345678") << most;
    QTest::newRow("8192 iterations, with prefix") << QByteArray(hex("015003") + "123456789012345678") << most;
}

// Pitfall 15.
void tst_AuthMethods::parsec()
{
    QFETCH(QByteArray, packet);
    QFETCH(QByteArray, publicKey);
    Login login(options());
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    login.said();
    QCOMPARE(login.server(switchTo("parsec", Challenge32)), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray()})); // "the salt, please"
    QCOMPARE(login.server(packet), Progress::WantsAnswer);
    QVERIFY(login.said().isEmpty());
    QCOMPARE(login.answer(runWork(login)), Progress::NeedInput);
    const QByteArrayList said = login.said();
    QCOMPARE(said.size(), 1);
    QCOMPARE(said.first().size(), 96);
    QVERIFY(verifies(publicKey, Challenge32 + said.first().first(32), said.first().last(64)));
    QVERIFY(login.handshake.authentication().question() == nullptr);
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

void tst_AuthMethods::badParsec_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    const QByteArray salt = "123456789012345678";
    QTest::newRow("challenge of 30 bytes") << Challenge32.first(30) << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("challenge of 20 bytes") << Challenge << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("exponent 4") << Challenge32 << QByteArray(hex("015004") + salt) << Fault::Kind::Limit;
    QTest::newRow("exponent 31") << Challenge32 << QByteArray(hex("50") + '\x1F' + salt)
                                 << Fault::Kind::Limit;
    QTest::newRow("exponent 255") << Challenge32 << QByteArray(hex("50ff") + salt) << Fault::Kind::Limit;
    QTest::newRow("another kind") << Challenge32 << QByteArray(hex("5100") + salt) << Fault::Kind::Malformed;
    QTest::newRow("no salt") << Challenge32 << hex("5000") << Fault::Kind::Malformed;
    QTest::newRow("short salt") << Challenge32 << QByteArray(hex("5000") + salt.first(17))
                                << Fault::Kind::Malformed;
    QTest::newRow("empty") << Challenge32 << hex("01") << Fault::Kind::Malformed;
}

// Pitfall 15.
// A21: work without end, and no salt.
void tst_AuthMethods::badParsec()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Login login(options());
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    Progress progress = login.server(switchTo("parsec", challenge));
    login.said();
    if (!packet.isEmpty()) {
        QCOMPARE(progress, Progress::NeedInput);
        progress = login.server(packet);
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(login.session.fault().kind, fault);
    QVERIFY(login.said().isEmpty());
}

void tst_AuthMethods::clearPassword()
{
    HandshakeOptions given = options();
    given.clearPasswords = given.localTransport = true;
    Login login(given);
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(switchTo("mysql_clear_password", {})), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("the password\0", 13)}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

// The packets of MariaDB's PAM plugin; the second question has no byte 1 before it.
void tst_AuthMethods::dialog()
{
    HandshakeOptions given = options();
    given.clearPasswords = given.localTransport = true;
    given.auth.passwords.append(Secret(QStringLiteral("9225")));
    Login login(given);
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    login.said();
    QCOMPARE(login.server(QByteArray(hex("fe") + "dialog" + '\0' + hex("04") + "Password: ")),
             Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("the password\0", 13)}));
    QCOMPARE(login.server(QByteArray(hex("05") + "PIN: ")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("9225\0", 5)}));
    // That was the last one.
    QCOMPARE(login.server(QByteArray(hex("05") + "PIN: ")), Progress::Failed);
    QVERIFY(login.said().isEmpty());
}

void tst_AuthMethods::dialogQuestions_data()
{
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QString>("text");
    QTest::newRow("not for a password")
        << QByteArray(hex("02") + "What's up?") << QStringLiteral("What's up?");
    QTest::newRow("control characters") << QByteArray(hex("03") + "a\x1B[2Jb") << QStringLiteral("a [2Jb");
}

void tst_AuthMethods::dialogQuestions()
{
    QFETCH(QByteArray, question);
    QFETCH(QString, text);
    HandshakeOptions given = options();
    given.clearPasswords = given.localTransport = true;
    Login login(given);
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    login.said();
    QCOMPARE(login.server(QByteArray(hex("fe") + "dialog" + '\0' + question)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QVERIFY2(login.session.fault().text.contains(u'"' + text + u'"'), qPrintable(login.session.fault().text));
    QVERIFY(login.said().isEmpty());
}

// Such accounts are known by the socket's owner: whatever we say, the server answers OK.
// Each question for a password has one of its own.
void tst_AuthMethods::dialogWithoutPassword()
{
    HandshakeOptions given = options();
    given.clearPasswords = given.localTransport = true;
    Login login(given);
    login.server(greeting(MariaDbFlags, "mysql_native_password", MariaDb));
    login.server(QByteArray(hex("fe") + "dialog" + '\0' + hex("04") + "Password: "));
    login.said();
    QCOMPARE(login.server(QByteArray(hex("05") + "PIN: ")), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QVERIFY2(login.session.fault().text.contains(u"password number 2 (\"PIN:\")"),
             qPrintable(login.session.fault().text));
    QVERIFY(login.said().isEmpty());
}

void tst_AuthMethods::nothingMoreToSay_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArrayList>("data");
    const QByteArray parameters = hex("5000") + "123456789012345678";
    QTest::newRow("mysql_native_password") << Challenge << QByteArrayList{"x"};
    QTest::newRow("client_ed25519") << Challenge32 << QByteArrayList{"x"};
    QTest::newRow("mysql_clear_password") << QByteArray() << QByteArrayList{"x"};
    QTest::newRow("sha256_password") << Challenge << QByteArrayList{"x"};
    QTest::newRow("parsec") << Challenge32 << QByteArrayList{parameters, parameters};
}

// A method that has given its proof gives nothing for what the server sends then.
void tst_AuthMethods::nothingMoreToSay()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QByteArrayList, data);
    Channel line;
    line.confidential = line.identityVerified = line.tls = line.clearPasswords = true;
    const Secret password(QStringLiteral("the password"));
    const std::unique_ptr<AuthMethod> method = AuthMethod::create(QTest::currentDataTag());
    QVERIFY(!method->start(challenge, password, line).isNull());
    for (const QByteArray &piece : data) {
        QVERIFY(!method->fault());
        QVERIFY(method->more(piece, password, line).isEmpty());
    }
    QCOMPARE(method->fault().kind, Fault::Kind::Unexpected);
    QVERIFY2(method->fault().text.contains(QLatin1String(QTest::currentDataTag())),
             qPrintable(method->fault().text));
}

void tst_AuthMethods::emptyPacket()
{
    Login login(options());
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(QByteArray()), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Malformed);
    QVERIFY(login.said().isEmpty());
}

void tst_AuthMethods::socketMethods()
{
    HandshakeOptions given = options("");
    given.localTransport = true;
    Login login(given);
    login.server(greeting(MariaDbFlags, "unix_socket", MariaDb));
    QCOMPARE(parseResponse(login.said().first()).answer, QByteArray());
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

// Pitfall 11.
void tst_AuthMethods::factors()
{
    HandshakeOptions given = options();
    given.clearPasswords = given.localTransport = true;
    given.auth.passwords
        = {Secret(QStringLiteral("one")), Secret(QStringLiteral("two")), Secret(QStringLiteral("three"))};
    Login login(given);
    login.server(greeting());
    const Response response = parseResponse(login.said().first());
    QVERIFY(response.capabilities & Capability::MultiFactorAuth);
    QCOMPARE(response.answer, sha2Answer("one", Challenge));
    QCOMPARE(login.server(hex("0103")), Progress::NeedInput);
    QCOMPARE(login.server(nextFactor("caching_sha2_password", "ABCDEFGHIJKLMNOPQRST")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({sha2Answer("two", "ABCDEFGHIJKLMNOPQRST")}));
    QCOMPARE(login.server(hex("0104")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("two\0", 4)}));
    QCOMPARE(login.server(nextFactor("mysql_clear_password", {})), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("three\0", 6)}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

// Pitfall 11.
void tst_AuthMethods::missingFactor()
{
    Login login(options());
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(nextFactor("caching_sha2_password", Challenge)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QVERIFY(login.session.fault().text.contains(u"password2"));
    QVERIFY(login.said().isEmpty());
}

// Pitfall 11.
void tst_AuthMethods::fourthFactor()
{
    HandshakeOptions given = options();
    given.auth.passwords = QList<Secret>(5, Secret(QStringLiteral("secret")));
    Login login(given);
    login.server(greeting());
    for (int factor = 2; factor <= 3; ++factor)
        QCOMPARE(login.server(nextFactor("caching_sha2_password", Challenge)), Progress::NeedInput);
    QCOMPARE(login.server(nextFactor("caching_sha2_password", Challenge)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Limit);
}

void tst_AuthMethods::factorUnasked()
{
    HandshakeOptions given = options();
    given.auth.passwords.append(Secret(QStringLiteral("two")));
    Login login(given);
    login.server(greeting(~Capability::MultiFactorAuth));
    QCOMPARE(login.server(nextFactor("caching_sha2_password", Challenge)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Unexpected);
}

void tst_AuthMethods::passwordOnDemand()
{
    HandshakeOptions given = options();
    given.auth.passwordsOnDemand = true;
    Login login(given);
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(nextFactor("caching_sha2_password", Challenge)), Progress::WantsAnswer);
    const AuthQuestion *question = login.handshake.authentication().question();
    QVERIFY(question != nullptr);
    QCOMPARE(question->kind, AuthQuestion::Kind::Password);
    QCOMPARE(question->factor, 2);
    QVERIFY(login.said().isEmpty());
    QCOMPARE(login.answer("123456"), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({sha2Answer("123456", Challenge)}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

void tst_AuthMethods::ownPlugin()
{
    HandshakeOptions given = options();
    given.auth.ownMethods = {"authentication_x"};
    Login login(given);
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(switchTo("authentication_x", "what?")), Progress::WantsAnswer);
    const AuthQuestion *question = login.handshake.authentication().question();
    QVERIFY(question != nullptr);
    QCOMPARE(question->kind, AuthQuestion::Kind::Plugin);
    QCOMPARE(question->data, QByteArray("what?"));
    QVERIFY(question->isFirst);
    QCOMPARE(login.session.advance(1000), Progress::WantsAnswer); // still
    QCOMPARE(login.answer("that"), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray("that")}));
    QCOMPARE(login.server(QByteArray(hex("01") + "and?")), Progress::WantsAnswer);
    question = login.handshake.authentication().question();
    QVERIFY(question != nullptr && !question->isFirst);
    QCOMPARE(question->data, QByteArray("and?"));
    QCOMPARE(login.answer(QByteArray()), Progress::NeedInput); // nothing to say
    QVERIFY(login.said().isEmpty());
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
    QCOMPARE(login.handshake.authMethod(), QByteArray("authentication_x"));
}

void tst_AuthMethods::ownPluginRefuses()
{
    HandshakeOptions given = options();
    given.auth.ownMethods = {"mysql_native_password"}; // in the place of ours
    Login login(given);
    login.server(greeting(0xFFFFFFFF, "mysql_native_password"));
    QCOMPARE(parseResponse(login.said().first()).answer, QByteArray());
    QCOMPARE(login.server(switchTo("mysql_native_password", Challenge)), Progress::WantsAnswer);
    login.handshake.authentication().refuse(QStringLiteral("The user closed the window."));
    login.session.resumeExchange();
    QCOMPARE(login.session.advance(1000), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QCOMPARE(login.session.fault().text, QStringLiteral("The user closed the window."));
}

void tst_AuthMethods::libraryRefuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("data"); // what the server says to the first answer
    QTest::addColumn<QString>("error");
    const QByteArray salt(18, 's');
    QTest::newRow("native") << QByteArray("mysql_native_password") << QByteArray()
                            << QStringLiteral("OpenSSL refuses SHA-1");
    QTest::newRow("caching") << QByteArray("caching_sha2_password") << QByteArray()
                             << QStringLiteral("OpenSSL refuses SHA-256");
    QTest::newRow("sha256") << QByteArray("sha256_password") << QByteArray("-----BEGIN PUBLIC KEY-----")
                            << QStringLiteral("public key");
    QTest::newRow("ed25519") << QByteArray("client_ed25519") << QByteArray()
                             << QStringLiteral("OpenSSL refuses SHA-512");
    QTest::newRow("parsec") << QByteArray("parsec") << QByteArray("P") + '\0' + salt
                            << QStringLiteral("OpenSSL refuses PBKDF2 or Ed25519");
}

// As where only what some authority has approved may be used, and that is not there: nothing is sent.
void tst_AuthMethods::libraryRefuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, data);
    QFETCH(QString, error);
    const std::unique_ptr<AuthMethod> login = AuthMethod::create(method);
    QVERIFY(login);
    Channel channel;
    channel.publicKeyRetrieval = true;
    const Secret password = Secret::fromUtf8("the password");
    struct Nobody
    {
        Nobody() { EVP_set_default_properties(nullptr, "provider=nobody"); }
        ~Nobody() { EVP_set_default_properties(nullptr, ""); }
    } nobody;
    QByteArray answer = login->start(QByteArray(login->challengeSize(), 'c'), password, channel);
    if (!data.isEmpty()) {
        QVERIFY(!login->fault());
        answer = login->more(data, password, channel);
    }
    if (const AuthQuestion *question = login->question())
        answer = login->answered(question->work());
    QVERIFY(answer.isNull());
    QVERIFY(login->fault());
    QVERIFY2(login->fault().text.contains(error), qPrintable(login->fault().text));
    QVERIFY(!login->fault().text.contains(u"the password"));
    // What could prove that the server knows the password is empty, too.
    if (AuthMethod::provesServer(method))
        QVERIFY(login->storedHash(password).isEmpty());
}

// The password itself goes over no line that others may hear, whenever it is asked for.
void tst_AuthMethods::channelRefuses()
{
    const Secret password = Secret::fromUtf8("the password");
    Channel trusted;
    trusted.confidential = trusted.identityVerified = trusted.tls = true;
    Dialog dialog({password});
    QCOMPARE(dialog.start({}, password, trusted), QByteArray("the password\0", 13));
    QVERIFY(dialog.more("\4Password:", password, Channel()).isNull());
    QCOMPARE(dialog.fault().kind, Fault::Kind::Security);
    Dialog silent({password});
    QVERIFY(silent.start("\4Password:", password, trusted).startsWith("the password"));
    QVERIFY(silent.more({}, password, trusted).isNull());
    QCOMPARE(silent.fault().kind, Fault::Kind::Unexpected);
    Channel unverified;
    unverified.confidential = unverified.tls = true;
    for (const char *name : {"sha256_password", "mysql_clear_password"}) {
        const std::unique_ptr<AuthMethod> login = AuthMethod::create(name);
        QVERIFY(login->start(QByteArray(20, 'c'), password, unverified).isNull());
        QCOMPARE(login->fault().kind, Fault::Kind::Security);
        QVERIFY(login->more("x", password, unverified).isNull());
        QVERIFY(login->fault());
    }
}

QTEST_APPLESS_MAIN(tst_AuthMethods)
#include "tst_authmethods.moc"

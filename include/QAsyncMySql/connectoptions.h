// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/authenticationplugin.h>
#include <QAsyncMySql/compression.h>
#include <QAsyncMySql/result.h>
#include <QAsyncMySql/secret.h>
#include <QAsyncMySql/serverlimits.h>
#include <QAsyncMySql/types.h>
#include <QAsyncMySql/valueconversions.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QMap>
#include <QtCore/QSharedDataPointer>
#include <QtCore/QStringList>
#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslConfiguration>

#include <chrono>

namespace QAsyncMySql {

class ConnectOptionsData;

/*!
    Where and how to connect. An implicitly shared value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT ConnectOptions
{
public:
    ConnectOptions();
    ConnectOptions(const ConnectOptions &other) noexcept;
    ConnectOptions(ConnectOptions &&other) noexcept;
    ConnectOptions &operator=(const ConnectOptions &other) noexcept;
    ConnectOptions &operator=(ConnectOptions &&other) noexcept;
    ~ConnectOptions();

    /*!
        Options from \c{mysql://user:password@host:port/schema?key=value&…} (also \c{mariadb://}).

        User, password and schema are percent-decoded; IPv6 addresses stand in brackets. Several hosts, with
        commas between them (\c{h1:3306,h2:3306}), set alternativeHosts(). Keys are the
        MySQL client's option names: ssl-mode (DISABLED, PREFERRED, REQUIRED, VERIFY_CA,
        VERIFY_IDENTITY), ssl-ca, ssl-cert, ssl-key, socket, connect-timeout (ms), charset, collation,
        sql-mode, time-zone, init-command (may be repeated), get-server-public-key,
        server-public-key-path, max-packet, max-buffered-result … (see doc/connecting.md). An unknown
        key, a key given twice or a malformed value is an Error of kind Usage that names it.
    */
    static Result<ConnectOptions> fromUrl(const QUrl &url);
    static Result<ConnectOptions> fromUrl(const QString &url);
    /*!
        Options from a file like \c my.cnf: those of its \a groups, in the file's order, so that what
        stands later wins. \c{!include} and \c{!includedir} are followed.

        The option names and units are those of the MySQL client (connect-timeout counts seconds); names
        of the URL that the client does not have are taken, too. What only other programs understand is
        passed over where it is known to belong to them. An unknown option, a malformed value, a missing
        file and a circle of inclusions are Errors of kind Usage that name option, file and line. Setters
        called afterwards win. Blocks for reading.
    */
    static Result<ConnectOptions> fromOptionFile(const QString &path,
                                                 const QStringList &groups = defaultOptionGroups());
    //! The same from the files that exist of: /etc/my.cnf, /etc/mysql/my.cnf, \c{$MYSQL_HOME/my.cnf},
    //! ~/.my.cnf.
    static Result<ConnectOptions> fromDefaultOptionFiles(const QStringList &groups = defaultOptionGroups());
    //! client, client-server and qasyncmysql.
    static QStringList defaultOptionGroups();
    //! From MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_UNIX_PORT, MYSQL_USER, MYSQL_PWD and MYSQL_DATABASE, as far as
    //! they are set.
    static Result<ConnectOptions> fromEnvironment();
    /*! The same on top of these options, which stay as they are if there is an Error. */
    Result<void> readOptionFile(const QString &path, const QStringList &groups = defaultOptionGroups());
    Result<void> readDefaultOptionFiles(const QStringList &groups = defaultOptionGroups());
    Result<void> readEnvironment();
    Result<void> readUrl(const QString &url);
    Result<void> readUrl(const QUrl &url);
    //! Sets one option by its name in a URL (or host, port, user, password, database) and the text of its
    //! value.
    Result<void> setOption(const QString &name, const QString &value);

    //! The URL of these options, without password; fromUrl() takes it back.
    QUrl toUrl() const;
    //! For logs: toUrl() as text. Holds no secret.
    QString toString() const;

    //! \c localhost by default. A name, or an IPv4 or IPv6 address.
    QString host() const;
    ConnectOptions &setHost(const QString &host);
    //! 3306 by default.
    quint16 port() const;
    ConnectOptions &setPort(quint16 port);
    /*! Where else a server may be, as \c host, \c{host:port} or \c{[IPv6]:port}; none by default. A
       Connection tries host() first, then these in their order, within the one connectTimeout(), and takes
       the first that lets it in. A Pool asks all of them what they are, see Pool::servers(). Each that is
       reached by another name must have a certificate for that. */
    QStringList alternativeHosts() const;
    ConnectOptions &setAlternativeHosts(const QStringList &hosts);
    //! Path of a local socket (or name of a Windows pipe); where it is set, host and port are not used.
    QString socketPath() const;
    ConnectOptions &setSocketPath(const QString &path);

    //! The system's user name by default.
    QString user() const;
    ConnectOptions &setUser(const QString &user);
    const Secret &password() const;
    ConnectOptions &setPassword(const QString &password);
    ConnectOptions &setPassword(const Secret &password);
    //! The password of authentication factor 1 (which is password()), 2 or 3; others are ignored.
    Secret factorPassword(int factor) const;
    ConnectOptions &setFactorPassword(int factor, const Secret &password);
    //! Asked for the passwords that are not set. None by default.
    PasswordProvider passwordProvider() const;
    ConnectOptions &setPasswordProvider(const PasswordProvider &provider);
    //! The default schema; none by default.
    QString database() const;
    ConnectOptions &setDatabase(const QString &database);

    SslMode sslMode() const;
    ConnectOptions &setSslMode(SslMode mode);
    //! The mode in force: Automatic resolved for the host.
    SslMode effectiveSslMode() const;
    //! Certificates, keys, protocols and ciphers. CA certificates replace the system's.
    QSslConfiguration sslConfiguration() const;
    ConnectOptions &setSslConfiguration(const QSslConfiguration &configuration);
    //! A PEM file of certificate authorities to trust instead of the system's, read at connect.
    QString sslCaFile() const;
    ConnectOptions &setSslCaFile(const QString &path);
    //! A directory of such files, for the same.
    QString sslCaDirectory() const;
    ConnectOptions &setSslCaDirectory(const QString &path);
    QString sslCertificateFile() const;
    QString sslKeyFile() const;
    ConnectOptions &setSslClientCertificate(const QString &certificateFile, const QString &keyFile);
    //! Opens an encrypted key file.
    Secret sslKeyPassphrase() const;
    ConnectOptions &setSslKeyPassphrase(const Secret &passphrase);
    /*! The server's certificate must be one of these: \c{sha256//BASE64} is the SHA-256 hash of its public
       key (as in curl), 64 hexadecimal digits (with colons or without) that of the whole certificate. With
       ssl-mode AUTOMATIC or REQUIRED that alone proves the server's identity; VERIFY_CA and VERIFY_IDENTITY
       verify the certificate as well. */
    QStringList sslPins() const;
    ConnectOptions &setSslPins(const QStringList &pins);
    //! QSsl::TlsV1_2OrLater by default, or QSsl::TlsV1_3OrLater. QSsl::UnknownProtocol leaves it to
    //! sslConfiguration().
    QSsl::SslProtocol minimumTlsVersion() const;
    ConnectOptions &setMinimumTlsVersion(QSsl::SslProtocol version);
    /*! MariaDB 11.4 and newer prove by the password that their certificate, which nobody else vouches for, is
       their own
        ("zero-configuration TLS"). Then a certificate that cannot be verified is accepted, and the login
       fails if the proof does not come. By default so with ssl-mode AUTOMATIC without ssl-ca, ssl-capath and
       pins. */
    bool verifiesByPassword() const;
    ConnectOptions &setVerifiesByPassword(bool on);
    ConnectOptions &resetVerifiesByPassword(); //!< to the default
    //! Later connections go on with the TLS session of an earlier one with the same options, which saves
    //! time. On by default.
    bool tlsResumption() const;
    ConnectOptions &setTlsResumption(bool on);

    //! Ask the server for its RSA key over an unencrypted line. An active attacker then gets the password:
    //! off.
    bool publicKeyRetrieval() const;
    ConnectOptions &setPublicKeyRetrieval(bool allowed);
    //! The server's RSA key (PEM), instead of asking for it.
    QByteArray serverPublicKey() const;
    ConnectOptions &setServerPublicKey(const QByteArray &pem);
    /*! Allow mysql_clear_password and dialog (PAM), which send the password itself: over a local socket, and
       inside TLS with a server whose identity is proven, and never otherwise. Off by default. */
    bool clearTextPasswords() const;
    ConnectOptions &setClearTextPasswords(bool allowed);
    /*! Log in although the account's password has expired. The server then takes little else than the ALTER
       USER that sets a new one; call Connection::reset() behind that. Off by default: the login fails with
       error 1820 or 1862. */
    bool expiredPasswordAllowed() const;
    ConnectOptions &setExpiredPasswordAllowed(bool allowed);
    //! The only authentication methods (plugin names) to be used; all that are safe if empty.
    QStringList allowedAuthenticationMethods() const;
    ConnectOptions &setAllowedAuthenticationMethods(const QStringList &methods);
    //! Has \a factory make the plugin called \a name, also instead of one of the library's.
    ConnectOptions &addAuthenticationPlugin(const QByteArray &name,
                                            const AuthenticationPluginFactory &factory);
    QByteArrayList authenticationPlugins() const; //!< the names added
    //! A new plugin called \a name, or null.
    std::unique_ptr<AuthenticationPlugin> makeAuthenticationPlugin(const QByteArray &name) const;

    //! The application's proxy by default (QNetworkProxy::DefaultProxy).
    QNetworkProxy proxy() const;
    ConnectOptions &setProxy(const QNetworkProxy &proxy);

    //! The address of this computer to connect from (TCP); null, the system's choice, by default.
    QHostAddress localAddress() const;
    ConnectOptions &setLocalAddress(const QHostAddress &address);
    /*! For how long the other end of a TCP connection may be silent until the system asks whether it is there
       still (keep-alive); one that does not answer is given up, as a lost connection, after twice this time.
       60 s by default; 0 leaves the system's times, hours as a rule. Whole seconds, up to 32,767; what the
       system cannot do of it is left out. With it a laptop that has changed its network does not wait for
       ever for an answer that no deadline limits. */
    std::chrono::seconds keepAlive() const;
    ConnectOptions &setKeepAlive(std::chrono::seconds silence);

    //! One deadline for the whole of connecting: name lookup to initial statements. 10 s by default; 0 is
    //! none.
    std::chrono::milliseconds connectTimeout() const;
    ConnectOptions &setConnectTimeout(std::chrono::milliseconds timeout);
    //! Deadline of each command, from sending it to its complete answer. None (0) by default.
    std::chrono::milliseconds commandTimeout() const;
    ConnectOptions &setCommandTimeout(std::chrono::milliseconds timeout);
    //! How long a cancelled statement may take to stop before its connection is closed. 1 s by default.
    std::chrono::milliseconds cancelTimeout() const;
    ConnectOptions &setCancelTimeout(std::chrono::milliseconds timeout);

    /*! The character set that texts of the server come in, by the server's name for it: \c utf8mb4 by
       default. What is sent is UTF-8 always. */
    QString charset() const;
    ConnectOptions &setCharset(const QString &charset);
    //! The connection's collation; empty for the server's default of the character set.
    QString collation() const;
    ConnectOptions &setCollation(const QString &collation);
    //! The session's sql_mode; the server's own if null.
    QString sqlMode() const;
    ConnectOptions &setSqlMode(const QString &mode);
    //! The session's time_zone; "+00:00" by default, so that TIMESTAMP is UTC. Null leaves the server's.
    QString timeZone() const;
    ConnectOptions &setTimeZone(const QString &zone);
    /*! Statements run after logging in, in order; the first that fails fails the connection. They are run
        again after reset(), changeUser(), and on each return to a pool, which drops a connection where one
       fails. */
    QStringList initCommands() const;
    ConnectOptions &setInitCommands(const QStringList &statements);
    //! Connection attributes (performance_schema.session_connect_attrs); _client_name and such are added.
    QMap<QString, QString> attributes() const;
    ConnectOptions &setAttributes(const QMap<QString, QString> &attributes);

    //! affectedRows() counts the rows found instead of those changed.
    bool foundRows() const;
    ConnectOptions &setFoundRows(bool on);
    //! Several statements in one text. Makes an injection worse: off by default.
    bool multiStatements() const;
    ConnectOptions &setMultiStatements(bool on);
    /*! On MariaDB, a statement that execute() has not prepared yet is prepared and executed in one round
       trip, by the number that the server will give it. Where it gives another one (some proxies), it is
       executed again by that, and after a few times no longer tried. On by default. */
    bool pipelinedPrepare() const;
    ConnectOptions &setPipelinedPrepare(bool on);

    /*! The algorithms that may be used, the best first; the first that the server offers is. If it offers
        none, the connection fails, unless Compression::Uncompressed is among them. Uncompressed by
        default: compression pays on slow lines. */
    QList<Compression> compression() const;
    ConnectOptions &setCompression(const QList<Compression> &algorithms);
    ConnectOptions &setCompression(Compression algorithm);
    //! 1 to 9 for zlib, 1 to 22 for zstd; 0, the default, is 6 and 3.
    int compressionLevel() const;
    ConnectOptions &setCompressionLevel(int level);
    //! Less than this many bytes are sent as they are: 50 by default.
    int compressionMinimum() const;
    ConnectOptions &setCompressionMinimum(int bytes);

    //! The server ends an idle session after interactive_timeout instead of wait_timeout.
    bool interactive() const;
    ConnectOptions &setInteractive(bool on);
    //! Spaces are allowed behind the names of functions, which makes those names reserved words
    //! (IGNORE_SPACE).
    bool ignoreSpace() const;
    ConnectOptions &setIgnoreSpace(bool on);
    //! System variables whose changes the server is to tell: see Connection::systemVariableChanged(). The
    //! server's own choice if empty.
    QStringList trackedVariables() const;
    ConnectOptions &setTrackedVariables(const QStringList &names);
    //! The server tells what transactions do: see Connection::transactionState(). Off by default.
    bool transactionTracking() const;
    ConnectOptions &setTransactionTracking(bool on);
    /*! Capabilities never to be asked for although the server offers them, for proxies that advertise what
        they cannot do: names as in the manual, without CLIENT_, such as DEPRECATE_EOF or SESSION_TRACK;
        MariaDB's own begin with MARIADB_. */
    QStringList disabledCapabilities() const;
    ConnectOptions &setDisabledCapabilities(const QStringList &names);
    /*! Tells the server that this program may send files (LOAD DATA LOCAL INFILE). None is sent but what a
        statement offers by StatementOptions::setLocalInfile(). Off by default: a server that asks for a file
        nevertheless is then taken for an attacker, and the connection is closed. */
    bool localInfile() const;
    ConnectOptions &setLocalInfile(bool on);

    //! The largest packet taken from the server: 64 MiB by default, up to 1 GiB.
    qint64 maxPacketSize() const;
    ConnectOptions &setMaxPacketSize(qint64 bytes);
    //! The most that one buffered result may take, all rows and results: 256 MiB by default. Streams have no
    //! such limit.
    qint64 maxBufferedResult() const;
    ConnectOptions &setMaxBufferedResult(qint64 bytes);
    //! What else a server may make this program hold or do.
    ServerLimits serverLimits() const;
    ConnectOptions &setServerLimits(const ServerLimits &limits);
    //! Prepared statements kept open per connection for execute(): 64 by default, 0 keeps none.
    int statementCacheSize() const;
    ConnectOptions &setStatementCacheSize(int count);
    //! How long the parser may hold the event loop at a time: 4 ms by default.
    std::chrono::microseconds sliceBudget() const;
    ConnectOptions &setSliceBudget(std::chrono::microseconds budget);

    //! What values become as QVariant, and what zero dates are.
    ValueConversions valueConversions() const;
    ConnectOptions &setValueConversions(const ValueConversions &conversions);

    //! Checks what can be checked without a network: empty host, NUL in names, missing files.
    Result<void> validate() const;

    friend QASYNCMYSQL_EXPORT bool operator==(const ConnectOptions &a, const ConnectOptions &b);
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const ConnectOptions &options);

private:
    QSharedDataPointer<ConnectOptionsData> d;
};

} // namespace QAsyncMySql

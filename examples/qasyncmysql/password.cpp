// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "password.h"

#include "failure.h"

#include <QFile>

#include <cstring>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>
#endif

using namespace QAsyncMySql;

namespace Cli {

Secret passwordFromEnvironment()
{
    for (const char *name : {"QASYNCMYSQL_PASSWORD", "MYSQL_PWD"}) {
        if (qEnvironmentVariableIsSet(name))
            return Secret::fromUtf8(qgetenv(name));
    }
    return Secret();
}

#ifdef Q_OS_UNIX

static void writeText(int terminal, const QByteArray &text)
{
    [[maybe_unused]] const ssize_t written = ::write(terminal, text.constData(), size_t(text.size()));
}

Result<Secret> askPassword(const QString &question)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) {
        return usageError(
            QStringLiteral("There is no terminal to ask for the password on. Set the environment variable "
                           "QASYNCMYSQL_PASSWORD instead."));
    }
    termios before = {};
    ::tcgetattr(terminal, &before);
    termios silent = before;
    // Signals are off as well: a Ctrl+C must not leave the terminal without echo. It comes as a character.
    silent.c_lflag &= ~tcflag_t(ECHO | ISIG);
    ::tcsetattr(terminal, TCSAFLUSH, &silent);
    writeText(terminal, question.toLocal8Bit() + ": ");

    QByteArray line;
    bool cancelled = false;
    char c = 0;
    for (;;) {
        const ssize_t count = ::read(terminal, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        cancelled = count <= 0 || c == 3;
        if (cancelled || c == '\n')
            break;
        line += c;
    }
    ::tcsetattr(terminal, TCSAFLUSH, &before);
    writeText(terminal, "\n");
    ::close(terminal);
    const Secret password = Secret::fromUtf8(line);
    line.fill('\0');
    if (cancelled)
        return Error(Error::Kind::Cancelled, QStringLiteral("No password was given."));
    return password;
}

#else

Result<Secret> askPassword(const QString &)
{
    return usageError(QStringLiteral(
        "Asking for the password is not available on this system. Set the environment variable "
        "QASYNCMYSQL_PASSWORD instead."));
}

#endif

void hidePasswords(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        char *scheme = std::strstr(argv[i], "://");
        if (!scheme || (std::strncmp(argv[i], "mysql", 5) != 0 && std::strncmp(argv[i], "mariadb", 7) != 0))
            continue;
        char *authority = scheme + 3;
        char *end = authority + std::strcspn(authority, "/?#");
        char *at = nullptr;
        for (char *p = authority; p < end; ++p) {
            if (*p == '@')
                at = p; // the last one: RFC 3986 allows none unescaped before it, but people write them
        }
        char *colon = at ? static_cast<char *>(std::memchr(authority, ':', size_t(at - authority))) : nullptr;
        if (colon)
            std::memset(colon + 1, '*', size_t(at - colon - 1));
    }
}

} // namespace Cli

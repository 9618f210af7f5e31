// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "interrupt.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace Cli {

#ifdef Q_OS_UNIX

static volatile std::sig_atomic_t signalNumber = 0;
static int pipeEnds[2] = {-1, -1};

extern "C" {
static void handleSignal(int number)
{
    const int savedErrno = errno;
    if (signalNumber)
        _exit(128 + number);
    signalNumber = number;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
    errno = savedErrno;
}
}

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::pipe(pipeEnds) != 0)
        return; // the signals then end the program, as they do without us
    for (const int end : pipeEnds) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT requested();
    });

    struct sigaction action = {};
    action.sa_handler = handleSignal; // without SA_RESTART: a blocked write to the output returns with EINTR
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM}) {
        // A program started with `nohup` or in the background of a script ignores SIGINT, and should go on
        // doing so.
        struct sigaction before = {};
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
    std::signal(SIGPIPE, SIG_IGN); // write() then says EPIPE
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    m_notifier.reset();
    for (int &end : pipeEnds) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

bool Interrupt::wasRequested()
{
    return signalNumber != 0;
}

int Interrupt::exitCode()
{
    return signalNumber ? 128 + int(signalNumber) : 0;
}

#else

// Elsewhere Ctrl+C ends the program at once; the server notices when the connection closes.
Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
}
Interrupt::~Interrupt() = default;
bool Interrupt::wasRequested()
{
    return false;
}
int Interrupt::exitCode()
{
    return 0;
}

#endif

} // namespace Cli

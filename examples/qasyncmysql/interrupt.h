// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <memory>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

namespace Cli {

/*!
    Ctrl+C (SIGINT) and SIGTERM as a signal of Qt. The handler only writes a byte into a pipe, which the event
   loop reads. The second one ends the program at once.
*/
class Interrupt : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

    //! True as soon as the signal has come, even before requested() is emitted.
    static bool wasRequested();
    //! 128 and the number of the signal that came; 0 if none.
    static int exitCode();

Q_SIGNALS:
    void requested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Cli

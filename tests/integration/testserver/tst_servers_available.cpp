// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The servers that the tests are made for are there, in the versions they are named after, and answer.

#include "support/servermatrix.h"

#include <QtNetwork/QTcpSocket>

class tst_ServersAvailable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void available_data() { ServerMatrix::addRows(); }
    void available();
};

void tst_ServersAvailable::available()
{
    MATRIX_SERVER(live);
    if (live.id != QLatin1String("url")) {
        const QVersionNumber wanted = QVersionNumber::fromString(live.id.section(u'-', 1));
        if (live.isMySql()) // Debian sid moves on: a newer one is welcome
            QVERIFY2(live.version() >= wanted, qPrintable(live.serverVersion));
        else
            QVERIFY2(wanted.isPrefixOf(live.version()), qPrintable(live.serverVersion));
        QCOMPARE(live.isMariaDb(), live.id.startsWith(QLatin1String("mariadb")));
    }

    QTcpSocket socket;
    socket.connectToHost(live.host, live.port);
    QVERIFY2(socket.waitForReadyRead(10000), qPrintable(socket.errorString()));
    QCOMPARE(socket.read(5).at(4), '\x0a'); // the protocol version of the greeting
}

QTEST_GUILESS_MAIN(tst_ServersAvailable)
#include "tst_servers_available.moc"

// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "support/conversation/player.h"

#include <QtCore/QDir>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;

/*!
    Replays what was recorded from live servers (by tests/support/conversation/record-all), with the
    server's bytes cut in different ways: what the core says and what it reports must not change.
*/
class tst_Conversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void replay_data();
    void replay();
    void mutated_data();
    void mutated();

private:
    using NextSize = std::function<qsizetype()>;
    static void replayWith(const Conversation &conversation, const NextSize &nextSize, qsizetype budget);

    QFileInfoList m_files;
};

void tst_Conversations::initTestCase()
{
    const QDir folder(QStringLiteral(CONVERSATIONS));
    m_files = folder.entryInfoList({u"*.conversation"_s}, QDir::Files, QDir::Name);
    QVERIFY2(m_files.size() >= 25, qPrintable(folder.path()));
}

void tst_Conversations::replay_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("pieces");
    for (const QFileInfo &file : std::as_const(m_files)) {
        for (const QString &pieces : {u"at once"_s, u"byte by byte"_s, u"at random"_s})
            QTest::addRow("%s, %s", qPrintable(file.completeBaseName()), qPrintable(pieces))
                << file.filePath() << pieces;
    }
}

void tst_Conversations::replay()
{
    QFETCH(QString, file);
    QFETCH(QString, pieces);
    QString error;
    const Conversation conversation = Conversation::load(file, error);
    QVERIFY2(error.isEmpty(), qPrintable(error));

    if (pieces == "at once"_L1) {
        replayWith(
            conversation, [] { return std::numeric_limits<qsizetype>::max(); }, 1 << 20);
    } else if (pieces == "byte by byte"_L1) {
        replayWith(
            conversation, [] { return 1; }, 1);
    } else {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            QRandomGenerator random(seed);
            // Small pieces find the cuts in headers, larger ones those between packets.
            replayWith(
                conversation, [&] { return random.bounded(1, random.bounded(2) ? 8 : 200); },
                random.bounded(1, 300));
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(u"with seed %1"_s.arg(seed)));
        }
    }
}

void tst_Conversations::replayWith(const Conversation &conversation, const NextSize &nextSize,
                                   qsizetype budget)
{
    Player player(conversation);
    QByteArrayList expected;
    for (const Conversation::Item &item : conversation.items()) {
        switch (item.kind) {
        case Conversation::Kind::Option:
            break;
        case Conversation::Kind::Do:
            QVERIFY2(player.begin(item.text), item.text.constData());
            break;
        case Conversation::Kind::ToServer:
            QCOMPARE(player.takeOutput().toHex(), item.text.toHex());
            break;
        case Conversation::Kind::FromServer:
            for (qsizetype from = 0; from < item.text.size();) {
                const qsizetype size = std::min(nextSize(), item.text.size() - from);
                player.feed(QByteArrayView(item.text).sliced(from, size));
                player.run(budget);
                from += size;
            }
            break;
        case Conversation::Kind::Event:
            expected.append(item.text);
            break;
        }
    }
    const QByteArrayList events = player.log().take();
    for (qsizetype i = 0; i < std::min(events.size(), expected.size()); ++i)
        QCOMPARE(events.at(i), expected.at(i));
    QCOMPARE(events.size(), expected.size());
    QVERIFY(!player.session().hasOutput());
    QCOMPARE(player.session().pendingInput(), 0);
    QVERIFY(player.failed() || player.isIdle());
}

void tst_Conversations::mutated_data()
{
    QTest::addColumn<QString>("file");
    for (const QFileInfo &file : std::as_const(m_files))
        QTest::addRow("%s", qPrintable(file.completeBaseName())) << file.filePath();
}

// A server that errs in some bytes: whatever the core makes of it, it stays within its memory (the sanitizers
// look), says no more once it has failed, and lets no password out.
void tst_Conversations::mutated()
{
    QFETCH(QString, file);
    QString error;
    const Conversation conversation = Conversation::load(file, error);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    const QByteArray password = conversation.option("password");
    const bool mayBeSaid
        = conversation.option("tls") == "verified" || !conversation.option("local").isEmpty();

    for (quint32 seed = 1; seed <= 60; ++seed) {
        QRandomGenerator random(seed);
        Player player(conversation);
        QByteArray said;
        for (const Conversation::Item &item : conversation.items()) {
            if (item.kind == Conversation::Kind::Do) {
                player.begin(item.text);
            } else if (item.kind == Conversation::Kind::FromServer) {
                QByteArray bytes = item.text;
                if (random.bounded(3) == 0)
                    bytes[random.bounded(bytes.size())] = char(random.bounded(256));
                if (random.bounded(40) == 0)
                    bytes.chop(random.bounded(bytes.size()));
                player.feed(bytes);
                player.run(random.bounded(1, 300));
            }
            const QByteArray output = player.takeOutput();
            said += output;
            if (player.failed()) {
                player.begin("ping");
                QVERIFY(player.takeOutput().isEmpty());
                break;
            }
        }
        if (!mayBeSaid && !password.isEmpty())
            QVERIFY2(!said.contains(password), qPrintable(u"with seed %1"_s.arg(seed)));
    }
}

QTEST_GUILESS_MAIN(tst_Conversations)
#include "tst_conversations.moc"

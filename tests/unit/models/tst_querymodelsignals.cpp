// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "watchedmodel.h"

#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <functional>

using namespace QAsyncMySql;
using Policy = QueryModel::FetchPolicy;
using Status = QueryModel::Status;

//! What slots may do to a model in the middle of its work.
class tst_QueryModelSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void destroyedInItsSignals_data();
    void destroyedInItsSignals();
    void calledInItsSignals_data();
    void calledInItsSignals();
    void nestedEventLoopInAnInsertion();
    void randomOperations_data();
    void randomOperations();
};

using Connector = std::function<void(QueryModel *, QObject *, const std::function<void()> &)>;

static void addSignals(bool aboutTo)
{
    QTest::addColumn<Connector>("connectTo");
    const auto row = [](const char *name, auto signal) {
        QTest::newRow(name) << Connector(
            [signal](QueryModel *model, QObject *context, const std::function<void()> &f) {
                QObject::connect(model, signal, context, [f] { f(); });
            });
    };
    row("statusChanged", &QueryModel::statusChanged);
    row("progressChanged", &QueryModel::progressChanged);
    row("errorChanged", &QueryModel::errorChanged);
    row("loadFinished", &QueryModel::loadFinished);
    row("rowsInserted", &QueryModel::rowsInserted);
    row("modelReset", &QueryModel::modelReset);
    row("modelAboutToBeReset", &QueryModel::modelAboutToBeReset);
    if (aboutTo)
        row("rowsAboutToBeInserted", &QueryModel::rowsAboutToBeInserted);
}

void tst_QueryModelSignals::destroyedInItsSignals_data()
{
    // Not in rowsAboutToBeInserted: QAbstractItemModel itself goes on after that.
    addSignals(false);
}

void tst_QueryModelSignals::destroyedInItsSignals()
{
    QFETCH(Connector, connectTo);
    for (int nth = 1; nth <= 4; ++nth) { // in the first emission, in the second, …
        FakeSource source;
        auto *model = new QueryModel;
        source.attach(model);
        model->setFetchPolicy(Policy::All);
        model->setBatchSize(10);
        const QPointer<QueryModel> watch(model);
        QObject context;
        int emissions = 0;
        connectTo(model, &context, [&] {
            if (++emissions == nth)
                delete model;
        });
        model->load();
        if (watch) {
            source.sendColumns();
            source.sendRows(35);
            source.fail(QStringLiteral("the end"));
            QTest::qWait(40);
        }
        if (watch)
            watch->clear();
        QVERIFY(emissions > 0);
        if (watch)
            delete watch;
    }
}

void tst_QueryModelSignals::calledInItsSignals_data()
{
    addSignals(true);
}

// Whatever is called from inside a signal, the model stays in order and ends as the last call says.
void tst_QueryModelSignals::calledInItsSignals()
{
    QFETCH(Connector, connectTo);
    const std::function<void(QueryModel *)> calls[] = {
        [](QueryModel *model) { model->load(); },
        [](QueryModel *model) { model->cancel(); },
        [](QueryModel *model) { model->clear(); },
        [](QueryModel *model) { model->fetchMore({}); },
        [](QueryModel *model) { model->setFetchPolicy(Policy::OnDemand); },
    };
    for (const auto &call : calls) {
        for (int nth = 1; nth <= 3; ++nth) {
            FakeSource source;
            WatchedModel model(&source);
            model.setFetchPolicy(Policy::All);
            model.setBatchSize(10);
            QObject context;
            int emissions = 0;
            connectTo(&model, &context, [&] {
                if (++emissions == nth)
                    call(&model);
            });
            model.load();
            if (!source.isAbandoned()) {
                source.sendColumns();
                source.sendRows(35);
                source.fail(QStringLiteral("the end"));
            }
            QTest::qWait(30);
            context.disconnect();
            // It works on as if nothing had been.
            model.disconnect(&context);
            model.setFetchPolicy(Policy::All);
            model.load();
            source.sendColumns({"fresh"});
            source.sendRows(7);
            source.sendEnd();
            QTRY_COMPARE(model.status(), Status::Ready);
            QCOMPARE(model.rowCount(), 7);
            QCOMPARE(model.columnCount(), 1);
        }
    }
}

void tst_QueryModelSignals::nestedEventLoopInAnInsertion()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.setBatchSize(10);
    int depth = 0;
    int deepest = 0;
    const auto dialog = [&] {
        deepest = qMax(deepest, ++depth);
        if (depth < 3) {
            QEventLoop loop;
            QTimer::singleShot(20, &loop, &QEventLoop::quit);
            source.sendRows(20);
            loop.exec();
        }
        --depth;
    };
    connect(&model, &QueryModel::rowsAboutToBeInserted, this, dialog);
    connect(&model, &QueryModel::rowsInserted, this, dialog);
    model.load();
    source.sendColumns();
    source.sendRows(20);
    QTest::qWait(100);
    model.disconnect(this);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QVERIFY(deepest >= 1);
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.index(row, 0).data().toInt(), row);
}

void tst_QueryModelSignals::randomOperations_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// GUI life 13: resets, sorting and cancelling while rows come.
void tst_QueryModelSignals::randomOperations()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(20);
    model.load();
    bool columnsSent = false;
    bool ended = false;
    for (int i = 0; i < 2000; ++i) {
        switch (random.bounded(14)) {
        case 0:
            model.load();
            columnsSent = ended = false;
            break;
        case 1:
            model.cancel();
            break;
        case 2:
            model.clear();
            break;
        case 3:
            model.setFetchPolicy(random.bounded(2) ? Policy::All : Policy::OnDemand);
            break;
        case 4:
            model.setBatchSize(random.bounded(1, 50));
            break;
        case 5:
        case 6:
            model.fetchMore({});
            break;
        case 7:
            if (!ended && columnsSent) {
                source.sendEnd();
                ended = true;
            }
            break;
        case 8:
            if (!ended && random.bounded(4) == 0) {
                source.fail(QStringLiteral("lost"));
                ended = true;
            }
            break;
        case 9:
            QTest::qWait(random.bounded(3));
            break;
        default:
            if (!ended && !columnsSent) {
                source.sendColumns(random.bounded(2) ? QList<QByteArray>{"a"}
                                                     : QList<QByteArray>{"a", "b", "b"});
                columnsSent = true;
            } else if (!ended) {
                source.sendRows(random.bounded(60));
            }
            QCoreApplication::processEvents();
        }
        for (int row = 0; row < model.rowCount(); row += 7)
            QCOMPARE(model.index(row, 0).data().toInt(), row);
    }
}

QTEST_GUILESS_MAIN(tst_QueryModelSignals)
#include "tst_querymodelsignals.moc"

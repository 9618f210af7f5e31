// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that tells the program what the server tells of the session.

#include "client/connectionaccess.h"
#include "client/connectioncore.h"

#include <QtCore/QMetaMethod>

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 ProgressInterval = 100; // ms between two reports to the program

template <class Signal> bool isHeard(const Connection &face, Signal signal)
{
    return ConnectionAccess::isConnected(face, QMetaMethod::fromSignal(signal));
}

} // namespace

void ConnectionCore::tellChanges()
{
    using Kind = Protocol::SessionChange::Kind;
    Protocol::SessionState &state = m_session->state();
    // The flag and up to two texts tell of one change of the transaction.
    const bool inTransaction = state.status & Protocol::Status::InTransaction;
    bool transaction = std::exchange(m_toldInTransaction, inTransaction) != inTransaction;
    if (!state.changes.isEmpty()) {
        const QList<Protocol::SessionChange> changes = std::exchange(state.changes, {});
        for (const Protocol::SessionChange &change : changes) {
            if (change.kind == Kind::TransactionState || change.kind == Kind::TransactionCharacteristics) {
                transaction = true;
                continue;
            }
            m_sessionHasChanged = m_sessionHasChanged || change.kind != Kind::Gtid;
            tellChange(change);
        }
    }
    if (transaction)
        tellChange({Kind::TransactionState, {}, {}});
    if (state.progress)
        tellProgress(*std::exchange(state.progress, std::nullopt));
}

void ConnectionCore::tellChange(const Protocol::SessionChange &change)
{
    using Kind = Protocol::SessionChange::Kind;
    if (!m_face)
        return;
    const QString value = change.value.isNull() ? QString() : QString::fromUtf8(change.value);
    std::function<void(Connection &)> tell;
    switch (change.kind) {
    case Kind::SystemVariable:
        if (isHeard(*m_face, &Connection::systemVariableChanged)) {
            tell = [name = QString::fromUtf8(change.name), value](Connection &face) {
                Q_EMIT face.systemVariableChanged(name, value);
            };
        }
        break;
    case Kind::Schema:
        if (isHeard(*m_face, &Connection::currentDatabaseChanged))
            tell = [value](Connection &face) { Q_EMIT face.currentDatabaseChanged(value); };
        break;
    case Kind::State:
        if (isHeard(*m_face, &Connection::sessionStateChanged))
            tell = [](Connection &face) { Q_EMIT face.sessionStateChanged(); };
        break;
    case Kind::Gtid:
        if (isHeard(*m_face, &Connection::gtidReceived))
            tell = [value](Connection &face) { Q_EMIT face.gtidReceived(value); };
        break;
    case Kind::TransactionCharacteristics:
    case Kind::TransactionState:
        if (isHeard(*m_face, &Connection::transactionStateChanged))
            tell = [](Connection &face) { Q_EMIT face.transactionStateChanged(); };
        break;
    }
    if (!tell)
        return;
    m_port->call([self = shared_from_this(), tell = std::move(tell)] {
        if (self->m_face)
            tell(*self->m_face);
    });
}

void ConnectionCore::tellProgress(const Protocol::ProgressReport &report)
{
    if (!m_face || !isHeard(*m_face, &Connection::progressReported))
        return;
    if (m_sinceProgress.isValid() && m_sinceProgress.elapsed() < ProgressInterval)
        return;
    m_sinceProgress.start();
    m_port->call([self = shared_from_this(), report] {
        if (self->m_face) {
            Q_EMIT self->m_face->progressReported(report.stage, report.stages, report.percent,
                                                  QString::fromUtf8(report.text));
        }
    });
}

} // namespace QAsyncMySql::Internal
